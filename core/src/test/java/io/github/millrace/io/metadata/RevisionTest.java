package io.github.millrace.io.metadata;

import static io.github.millrace.io.RiffBytes.chunk;
import static io.github.millrace.io.RiffBytes.join;
import static io.github.millrace.io.RiffBytes.text;
import static io.github.millrace.io.RiffBytes.u32;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.millrace.io.Chunk;
import io.github.millrace.io.Container;
import io.github.millrace.io.Encoding;
import io.github.millrace.io.FileFormat;
import io.github.millrace.io.Metadata;
import io.github.millrace.io.WriteOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rates, positions and counts in metadata follow what was done to the signal. */
final class RevisionTest {

  private final List<String> notes = new ArrayList<>();

  private List<Chunk> revised(double from, double to, long shift, Chunk... chunks) {
    FileFormat origin =
        new FileFormat(Container.WAV, Encoding.S16, from, 2, 1000, 0, List.of(chunks), List.of());
    return Revision.of(Metadata.of(origin, shift), WriteOptions.of(Encoding.S24, to, 2), notes);
  }

  private static Chunk bext(long timeReference) {
    byte[] content = new byte[610];
    new Content(content).putI64(338, timeReference);
    content[0] = 'x';
    content[609] = 'y';
    return new Chunk("bext", content);
  }

  /** The quotients are rounded down: 864,012,345 / 2 lies between two frames. */
  @ParameterizedTest
  @CsvSource({
    "864012345, 48000, 24000, 432006172",
    "864012345, 48000, 44100, 793811341",
    "864012345, 48000, 48000, 864012345",
    "864012345, 0, 48000, 864012345",
    "4147200001, 48000, 192000, 16588800004",
    "-1, 96000, 48000, 9223372036854775807",
    "1001, 250.5, 250, 999",
    "3, 44.1, 44100, 3000"
  })
  void theTimeReferenceOfBextScales(long before, double from, double to, long after) {
    assertEquals(List.of(bext(after)), revised(from, to, 0, bext(before)));
    assertEquals(List.of(bext(after)), revised(from, to, 500, bext(before)), "with a delay");
    assertEquals(List.of(), notes);
  }

  /** Zeros in a version before 2 are the reserved bytes that were there before loudness was. */
  @ParameterizedTest
  @CsvSource({
    "0, -2300, false",
    "1, -2300, false",
    "2, -2300, true",
    "2, 32767, false",
    "3, 0, true"
  })
  void theLoudnessOfTheOldSamplesGoes(int version, int value, boolean dropped) {
    for (double to : new double[] {48_000, 24_000}) {
      notes.clear();
      Chunk after = revised(48_000, to, 0, loud(864_012_345, version, value)).getFirst();
      long frames = to == 48_000 ? 864_012_345 : 432_006_172;
      assertEquals(loud(frames, version, dropped ? 0x7FFF : value), after);
      assertEquals(dropped ? 1 : 0, notes.size());
    }
  }

  private static Chunk loud(long timeReference, int version, int value) {
    Content content = new Content(bext(timeReference).content());
    content.putU16(346, version);
    for (int at = 412; at < 422; at += 2) {
      content.putU16(at, value);
    }
    return new Chunk("bext", content.bytes());
  }

  private static Chunk cue(long... idsAndFrames) {
    byte[] content = u32(idsAndFrames.length / 2);
    for (int i = 0; i < idsAndFrames.length; i += 2) {
      long frame = idsAndFrames[i + 1];
      content = join(content, u32(idsAndFrames[i], frame), text("data"), u32(0, 0, frame));
    }
    return new Chunk("cue ", content);
  }

  private static Chunk list(String type, byte[]... entries) {
    return new Chunk("LIST", join(text(type), join(entries)));
  }

  private static byte[] label(long id, String text) {
    return chunk("labl", join(u32(id), text(text + "\0")));
  }

  private static byte[] region(long id, long frames) {
    return chunk("ltxt", join(u32(id, frames), text("rgn "), u32(0, 0), text("a\0")));
  }

  private static Chunk playlist(long... entries) {
    return new Chunk("plst", join(u32(entries.length / 3), u32(entries)));
  }

  @Test
  void cuePointsAndWhatRefersToThemScale() {
    List<Chunk> after =
        revised(
            48_000,
            24_000,
            0,
            cue(7, 0, 9, 51, 8, 999),
            list("adtl", label(7, "bat"), region(9, 101), label(8, "owl!")),
            playlist(9, 101, 3, 8, 10, 1),
            list("INFO", chunk("INAM", text("x\0"))));
    List<Chunk> expected =
        List.of(
            cue(7, 0, 9, 25, 8, 499),
            list("adtl", label(7, "bat"), region(9, 50), label(8, "owl!")),
            playlist(9, 50, 3, 8, 5, 1),
            list("INFO", chunk("INAM", text("x\0"))));
    assertEquals(expected, after);
    assertEquals(List.of(), notes);
  }

  @Test
  void aDelayMovesCuePointsAndACutDropsThemWithTheirLabels() {
    Chunk labels = list("adtl", label(1, "a"), region(1, 20), label(2, "b"), region(2, 20));
    assertEquals(
        List.of(cue(1, 110, 2, 200), labels),
        revised(48_000, 48_000, 100, cue(1, 10, 2, 100), labels));
    assertEquals(List.of(), notes);
    assertEquals(
        List.of(list("adtl", label(2, "b"), region(2, 20)), cue(2, 0), playlist(2, 5, 1)),
        revised(48_000, 48_000, -100, labels, cue(1, 10, 2, 100), playlist(1, 5, 1, 2, 5, 1)));
    assertEquals(List.of("cue points outside the output and their labels are left out: 1"), notes);
  }

  @Test
  void cuePointsBeyond32BitsAreDropped() {
    assertEquals(
        List.of(cue(2, 4_000_000_000L)),
        revised(48_000, 96_000, 0, cue(1, 3_000_000_000L, 2, 2_000_000_000L)));
    assertEquals(1, notes.size());
  }

  @Test
  void chunksThatLieAboutTheirCountsDoNoHarm() {
    byte[] many = u32(0x7FFF_FFFFL);
    Chunk[] broken = {
      new Chunk("cue ", many),
      new Chunk("cue ", new byte[3]),
      new Chunk("plst", many),
      new Chunk("smpl", new byte[35]),
      new Chunk("bext", new byte[345]),
      new Chunk("cart", new byte[700]),
      new Chunk("LIST", join(text("adtl"), text("labl"), many, u32(1))),
      new Chunk("iXML", text("<FILE_SAMPLE_RATE>4800")),
      new Chunk("guan", text("Samplerate: many"))
    };
    List<Chunk> after = revised(48_000, 24_000, 0, broken);
    assertEquals(List.of(broken).subList(3, 9), after.subList(3, 9));
  }

  @Test
  void loopsAndPeriodOfASamplerScale() {
    long[] head = {1, 2, 20_833, 60, 0, 0, 0, 2, 0};
    byte[] loops = u32(5, 0, 100, 201, 0, 0, 6, 0, 400, 999, 0, 7);
    Chunk before = new Chunk("smpl", join(u32(head), loops));
    head[2] = 41_667;
    byte[] halved = u32(5, 0, 50, 100, 0, 0, 6, 0, 200, 499, 0, 7);
    assertEquals(
        List.of(new Chunk("smpl", join(u32(head), halved))), revised(48_000, 24_000, 0, before));
  }

  @Test
  void timersOfACartScale() {
    byte[] before = join(new byte[684], text("INTs"), u32(4801), new byte[56], text("tail"));
    byte[] after = join(new byte[684], text("INTs"), u32(2400), new byte[56], text("tail"));
    assertEquals(
        List.of(new Chunk("cart", after)), revised(48_000, 24_000, 0, new Chunk("cart", before)));
  }

  private static Chunk xml(String content) {
    return new Chunk("iXML", content.getBytes(StandardCharsets.UTF_8));
  }

  private static String ixml(String rate, int bits, long high, long low) {
    return "<?xml version=\"1.0\"?><BWFXML><NOTE>caf\u00e9 48000</NOTE><SPEED><FILE_SAMPLE_RATE> "
        + rate
        + "\n</FILE_SAMPLE_RATE><DIGITIZER_SAMPLE_RATE>48000</DIGITIZER_SAMPLE_RATE>"
        + "<AUDIO_BIT_DEPTH>"
        + bits
        + "</AUDIO_BIT_DEPTH><TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO>"
        + low
        + "</TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO><TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI>"
        + high
        + "</TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI><TIMESTAMP_SAMPLE_RATE>"
        + rate
        + "</TIMESTAMP_SAMPLE_RATE></SPEED><BEXT><BWF_TIME_REFERENCE_HIGH>"
        + high
        + "</BWF_TIME_REFERENCE_HIGH><BWF_TIME_REFERENCE_LOW>"
        + low
        + "</BWF_TIME_REFERENCE_LOW></BEXT></BWFXML>";
  }

  @Test
  void ratesDepthAndTimesOfIxmlFollow() {
    assertEquals(
        List.of(xml(ixml("24000", 24, 0, 2_579_489_820L))),
        revised(48_000, 24_000, 0, xml(ixml("48000", 16, 1, 864_012_345))));
    assertEquals(
        List.of(xml(ixml("96000", 24, 1, 4))),
        revised(48_000, 96_000, 0, xml(ixml("48000", 16, 0, (1L << 31) + 2))));
    assertEquals(
        List.of(xml(ixml("48000", 24, 3, 5))),
        revised(48_000, 48_000, 9, xml(ixml("48000", 16, 3, 5))));
  }

  @Test
  void aTimestampOfAnotherClockStays() {
    String text =
        "<TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO>864012345</TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO>"
            + "<TIMESTAMP_SAMPLE_RATE>47952</TIMESTAMP_SAMPLE_RATE><FILE_SAMPLE_RATE>48000";
    String end = "</FILE_SAMPLE_RATE>";
    assertEquals(
        List.of(xml(text.replace("E>48000", "E>24000") + end)),
        revised(48_000, 24_000, 0, xml(text + end)));
  }

  @Test
  void theRateOfGuanoFollows() {
    String text = "GUANO|Version: 1.0\nSamplerate: %s\nNote: Samplerate: 48000\n";
    assertEquals(
        List.of(new Chunk("guan", text(text.formatted("250.5")))),
        revised(48_000, 250.5, 0, new Chunk("guan", text(text.formatted("48000")))));
  }

  @Test
  void whatDescribesTheOldSamplesGoesAndWhatIsNotUnderstoodIsNamed() {
    Chunk wamd = new Chunk("wamd", new byte[3]);
    assertEquals(List.of(wamd), revised(48_000, 48_000, 0, new Chunk("PEAK", new byte[16]), wamd));
    assertEquals(
        List.of("the PEAK chunk is left out: it describes the samples as they were"), notes);
    notes.clear();
    assertEquals(List.of(wamd), revised(48_000, 24_000, 0, wamd));
    assertEquals(
        List.of("the wamd chunk is kept as it is, with the input's rates and positions"), notes);
  }

  @Test
  void tracksOfOtherChannelsAreNamed() {
    Chunk xml = xml("<TRACK_COUNT>2</TRACK_COUNT>");
    FileFormat origin =
        new FileFormat(Container.WAV, Encoding.S16, 48_000, 2, 9, 0, List.of(xml), List.of());
    WriteOptions mono = WriteOptions.like(origin).withChannels(1);
    assertEquals(List.of(xml), Revision.of(mono.metadata(), mono, notes));
    assertEquals(List.of("the iXML chunk still names the tracks of 2 channels"), notes);
  }
}
