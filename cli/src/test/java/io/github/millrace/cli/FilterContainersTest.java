package io.github.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.io.Chunk;
import io.github.millrace.io.Encoding;
import io.github.millrace.io.ReadOptions;
import io.github.millrace.io.SignalFiles;
import io.github.millrace.io.SignalReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged, doubtful and annotated files through the commands, by name and by pipe. */
class FilterContainersTest {

  private static final Path CASES = Path.of("..", "core", "src/test/resources/golden/cases");
  private static final int FRAMES = 101;

  @TempDir private Path folder;

  private static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(CASES.resolve(name));
  }

  /** Filters a case by name or by pipe; what must be said on stderr, and nothing more, follows. */
  private static void filter(
      boolean piped, String name, Path out, String warning, String... options) throws IOException {
    String in = piped ? "-" : CASES.resolve(name).toString();
    Object[] args = new Object[options.length + 5];
    System.arraycopy(new Object[] {"filter", "-q", "-y", in, out}, 0, args, 0, 5);
    System.arraycopy(options, 0, args, 5, options.length);
    CommandResult result = CommandResult.fed(piped ? bytes(name) : new byte[0], args);
    String said =
        result
            .err()
            .replace("millrace: warning: ", "")
            .replace(piped ? "standard input" : in, "IN")
            .replace(out.toString(), "OUT");
    assertEquals(warning, said.strip());
    assertEquals(0, result.code());
  }

  private static List<Chunk> metadata(Path file) throws IOException {
    try (SignalReader reader = SignalFiles.open(file.toString(), ReadOptions.DEFAULT)) {
      return reader.info().metadata();
    }
  }

  private static byte[] chunk(Path file, String id) throws IOException {
    return metadata(file).stream()
        .filter(chunk -> chunk.id().equals(id))
        .findFirst()
        .orElseThrow()
        .content();
  }

  private static int number(byte[] content, int at) {
    return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCutFileGivesWhatIsThereAndAWarning(boolean piped) throws IOException {
    Path out = folder.resolve("out.wav");
    String warning = "IN: is cut short: the header promises 101 frames, 85 are there";
    filter(piped, "cut_data.wav", out, warning, "gain:1");
    double[] whole = TestSignal.read(CASES.resolve("two_data.wav"))[0];
    double[] held = TestSignal.read(out)[0];
    assertEquals(85, held.length);
    for (int i = 0; i < 85; i++) {
      assertEquals(whole[i], held[i]);
    }
    filter(
        piped,
        "two_data.wav",
        out,
        "IN: a second data chunk of 202 bytes is left out, only the first is read",
        "gain:1");
    filter(piped, "word_of_rf64.wav", out, "", "gain:1");
    assertEquals(FRAMES, TestSignal.read(out)[0].length);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void infoCountsWhatIsThere(boolean piped) throws IOException {
    String in = piped ? "-" : CASES.resolve("cut_data.wav").toString();
    byte[] input = piped ? bytes("cut_data.wav") : new byte[0];
    CommandResult result = CommandResult.fed(input, "info", in);
    assertTrue(result.text().contains("\nframes    85, "), result.text());
    String named = piped ? "standard input" : in;
    assertEquals(
        "millrace: warning: "
            + named
            + ": is cut short: the header promises 101 frames, 85 are there\n",
        result.err());
    assertEquals(0, result.code());
    String json = CommandResult.fed(input, "info", "--json", in).text();
    assertTrue(json.contains("\"frames\": 85,"), json);
    assertTrue(json.contains("the header promises 101 frames"), json);
  }

  @Test
  void infoCountsAStreamOfUnknownLengthAndItsChunks() throws IOException {
    String sox = CommandResult.fed(bytes("sox_pipe_2_24.wav"), "info", "-").text();
    assertTrue(sox.contains("\nframes    101, 0:00 (0.001 s)"), sox);
    String late = CommandResult.fed(bytes("trailing.wav"), "info", "-").text();
    String chunks = "bext (602 bytes), LIST (20 bytes), cue (28 bytes), iXML (9 bytes)";
    assertTrue(late.contains("metadata  " + chunks + ", wamd (3 bytes)"), late);
  }

  @Test
  void infoShowsWhatAHeaderWithoutSamplesSays() throws IOException {
    String in = CASES.resolve("no_data.wav").toString();
    CommandResult result = CommandResult.of("info", in);
    assertTrue(
        result.text().contains("rate      48000 Hz\nchannels  1\nframes    0, 0:00 (0.000 s)\n"),
        result.text());
    assertTrue(result.err().endsWith(": the input ends here: no data chunk\n"), result.err());
    assertEquals(2, result.code());
    CommandResult cut = CommandResult.of("info", CASES.resolve("cut_header.wav"));
    assertTrue(cut.err().endsWith(": ends after 4 bytes, expected a WAV header\n"), cut.err());
    assertEquals("", cut.text());
  }

  @ParameterizedTest
  @CsvSource({
    "false, resample:24k, 432006172, 25, 24000",
    "true, resample:24k, 432006172, 25, 24000",
    "true, resample:96k, 1728024690, 100, 96000",
    "false, delay:100frames, 864012345, 150, 48000",
    "true, gain:0dB, 864012345, 50, 48000"
  })
  void metadataFollowsTheSignal(boolean piped, String stage, int reference, int cue, int rate)
      throws IOException {
    Path out = folder.resolve("out.wav");
    filter(piped, "broadcast.wav", out, "", stage);
    assertEquals(5, metadata(out).size());
    assertEquals(reference, number(chunk(out, "bext"), 338));
    assertEquals(cue, number(chunk(out, "cue "), 8));
    assertEquals(cue, number(chunk(out, "cue "), 24));
    String xml = new String(chunk(out, "iXML"), StandardCharsets.UTF_8);
    assertTrue(xml.contains("<FILE_SAMPLE_RATE>" + rate + "<"), xml);
    assertTrue(xml.contains("<TIMESTAMP_SAMPLE_RATE>" + rate + "<"), xml);
    assertTrue(xml.contains("MIDNIGHT_LO>" + reference + "<"), xml);
    assertTrue(xml.contains("BWF_TIME_REFERENCE_LOW>" + reference + "<"), xml);
    String guano = new String(chunk(out, "guan"), StandardCharsets.UTF_8);
    assertTrue(guano.contains("\nSamplerate: " + rate + "\n"), guano);
    String labels = new String(chunk(out, "LIST"), StandardCharsets.ISO_8859_1);
    assertTrue(labels.contains("bat"), labels);
  }

  @ParameterizedTest
  @CsvSource({"wav, true", "rf64, true", "w64, false", "npy, false", "raw, false"})
  void everyChunkIsKeptOrNamed(String extension, boolean kept) throws IOException {
    String name = "out." + extension;
    Path out = folder.resolve(name);
    String leftOut = "OUT: metadata chunks are left out, this format holds none: ";
    filter(
        false, "trailing.wav", out, kept ? "" : leftOut + "bext, LIST, cue, iXML, wamd", "gain:1");
    String both = leftOut + "bext, LIST\n" + leftOut + "cue, iXML, wamd";
    Path piped = folder.resolve("piped-" + name);
    filter(true, "trailing.wav", piped, kept ? "" : both, "gain:1");
    if (kept) {
      assertEquals(metadata(CASES.resolve("trailing.wav")), metadata(out));
      assertEquals(metadata(out), metadata(piped));
    }
  }

  @Test
  void aPipeOutSaysTheLengthAndWhatItCannotKeep() throws IOException {
    Path out = folder.resolve("out.wav");
    filter(false, "trailing.wav", out, "", "gain:1");
    CommandResult file =
        CommandResult.of("filter", "-q", CASES.resolve("trailing.wav"), "-", "gain:1");
    assertArrayEquals(Files.readAllBytes(out), file.out().toByteArray());
    assertEquals("", file.err());
    CommandResult stream =
        CommandResult.fed(bytes("trailing.wav"), "filter", "-q", "-", "-", "gain:1");
    assertEquals(
        "millrace: warning: standard output: metadata chunks are left out, they came when the"
            + " header was already written: cue, iXML, wamd\n",
        stream.err());
    byte[] half = CommandResult.of("filter", "-q", out, "-", "resample:24k").out().toByteArray();
    Path halved = Files.write(folder.resolve("half.wav"), half);
    assertEquals(51, TestSignal.read(halved)[0].length);
    assertEquals(half.length - 8, number(half, 4));
  }

  @Test
  void aPipeInThatEndsEarlyIsSaidOfBothEnds() throws IOException {
    CommandResult cut =
        CommandResult.fed(bytes("cut_data.wav"), "filter", "-q", "-", "-", "gain:1");
    assertEquals(
        "millrace: warning: standard input: is cut short: the header promises 101 frames, 85 are"
            + " there\nmillrace: warning: standard output: the header of the stream says 101"
            + " frames, it has 85\n",
        cut.err());
    CommandResult again = CommandResult.fed(cut.out().toByteArray(), "info", "-");
    assertTrue(again.text().contains("\nframes    85, "), again.text());
    CommandResult sox =
        CommandResult.fed(bytes("sox_pipe_6_16.wav"), "filter", "-q", "-", "-", "gain:1");
    assertEquals("", sox.err());
    Path copy = Files.write(folder.resolve("copy.wav"), sox.out().toByteArray());
    assertArrayEquals(TestSignal.read(CASES.resolve("sox_pipe_6_16.wav")), TestSignal.read(copy));
  }

  /** 250.5 to 250 Hz is 500 / 501, the same filter as from 501 to 500 Hz. */
  @Test
  void fractionalRatesAreResampledAndRefusedWhereAHeaderHoldsNone() throws IOException {
    double[][] noise = TestSignal.noise(1, 2_004, 0.5);
    Path in = TestSignal.write(folder.resolve("in.npy"), Encoding.F64, 0, noise);
    Path out = folder.resolve("out.wav");
    CommandResult refused = CommandResult.of("filter", "--rate", "250.5", in, out, "gain:1");
    assertEquals(2, refused.code());
    assertTrue(
        refused.err().contains("sample rate is 250.5 Hz, this format holds whole numbers"),
        refused.err());
    assertTrue(refused.err().contains("resample to one, or write .npy or .raw"), refused.err());
    assertFalse(Files.exists(out));
    CommandResult done = CommandResult.of("filter", "--rate=250.5", in, out, "resample:250");
    assertEquals(0, done.code(), done.err());
    Path whole = folder.resolve("whole.wav");
    CommandResult.of("filter", "--rate=501", in, whole, "resample:500");
    assertEquals(2_000, TestSignal.read(out)[0].length);
    assertArrayEquals(TestSignal.read(whole), TestSignal.read(out));
    CommandResult up = CommandResult.of("filter", "--rate=501", in, out, "resample:250.5", "-y");
    assertEquals(2, up.code());
    CommandResult.of("filter", "--rate=501", in, folder.resolve("up.npy"), "resample:250.5");
    assertEquals(1_002, TestSignal.read(folder.resolve("up.npy"))[0].length);
  }
}
