package io.github.millrace.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What survives from WAV to WAV, and what is skipped on the way. */
final class MetadataTest {

  private static final List<Chunk> CHUNKS =
      List.of(
          new Chunk("bext", new byte[603]),
          new Chunk("iXML", "<BWFXML/>".getBytes(StandardCharsets.UTF_8)),
          new Chunk("LIST", "INFOINAM".getBytes(StandardCharsets.UTF_8)),
          new Chunk("cue ", new byte[28]));

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"WAV", "RF64"})
  void chunksAndMaskAreKept(Container container) throws IOException {
    String name = folder.resolve("a.wav").toString();
    WriteOptions options =
        WriteOptions.of(Encoding.S16, 8000, 6)
            .withContainer(container)
            .withChannelMask(0x3F)
            .withMetadata(CHUNKS);
    copy(options, name);
    FileFormat first = format(name, ReadOptions.DEFAULT);
    assertEquals(CHUNKS, first.metadata());
    assertEquals(0x3F, first.channelMask());
    copy(WriteOptions.like(first), folder.resolve("b.wav").toString());
    FileFormat second = format(folder.resolve("b.wav").toString(), ReadOptions.DEFAULT);
    assertEquals(CHUNKS, second.metadata());
    assertEquals(0x3F, second.channelMask());
    assertEquals(100, second.frames());
  }

  @Test
  void maskOfOtherChannelsIsDropped() throws IOException {
    String name = folder.resolve("a.wav").toString();
    copy(WriteOptions.of(Encoding.F32, 8000, 2).withChannelMask(0x3F), name);
    assertEquals(0, format(name, ReadOptions.DEFAULT).channelMask());
  }

  @Test
  void otherProgramsChunksAreRead() throws IOException {
    FileFormat bext =
        format(GoldenFile.named("ffmpeg_bext.wav").path().toString(), ReadOptions.DEFAULT);
    assertEquals("bext", bext.metadata().getFirst().id());
    assertTrue(
        new String(bext.metadata().getFirst().content(), StandardCharsets.ISO_8859_1)
            .startsWith("creek\0"));
    FileFormat list =
        format(GoldenFile.named("ffmpeg_list.wav").path().toString(), ReadOptions.DEFAULT);
    assertTrue(
        new String(list.metadata().getFirst().content(), StandardCharsets.ISO_8859_1)
            .contains("INAM"));
  }

  @Test
  void chunksBehindTheSamplesAreKeptAndBrokenOnesNoted() throws IOException {
    byte[] odd = GoldenFile.named("sox_u8.wav").bytes();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(odd);
    bytes.writeBytes(chunk("PEAK", 5));
    bytes.writeBytes(chunk("LIST", 7));
    bytes.writeBytes(new byte[] {'c', 'u', 'e', ' ', 99, 0, 0, 0, 1, 2});
    Path file = Files.write(folder.resolve("a.wav"), bytes.toByteArray());
    FileFormat format = format(file.toString(), ReadOptions.DEFAULT);
    assertEquals(65, format.frames());
    assertEquals(List.of(new Chunk("LIST", new byte[7])), format.metadata());
    assertEquals(
        List.of("what follows the samples is not a whole chunk and is left out"), format.notes());
  }

  @Test
  void largeChunksAreSkippedInStreamsOfSmallReads() throws IOException {
    byte[] plain = GoldenFile.named("python_s16.wav").bytes();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(plain, 0, 12);
    bytes.writeBytes(chunk("junk", 3_000_001));
    bytes.writeBytes(chunk("LIST", 17 << 20));
    bytes.writeBytes(chunk("iXML", 2_500_000));
    bytes.write(plain, 12, plain.length - 12);
    ReadOptions options =
        ReadOptions.DEFAULT.withStdin(new Dribble(new ByteArrayInputStream(bytes.toByteArray())));
    try (SignalReader reader = SignalFiles.open("-", options);
        SignalBuffer buffer = SignalBuffer.allocate(SampleType.FLOAT64, 2, 65)) {
      assertEquals(List.of(new Chunk("iXML", new byte[2_500_000])), reader.info().metadata());
      assertEquals(
          List.of("the LIST chunk of 17825792 bytes is left out: too large"),
          reader.info().notes());
      assertEquals(65, reader.read(buffer, 0, 65));
      double[] expected = GoldenFile.named("python_s16.wav").interleaved();
      assertEquals(expected[129], buffer.get(1, 64));
    }
  }

  @Test
  void chunkIdHasFourCharacters() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new Chunk("cue", new byte[1]))
            .getMessage();
    assertEquals("chunk id 'cue' has 3 characters, expected 4", message);
  }

  /** A stream that hands out uneven, mostly small pieces, as pipes do. */
  private static final class Dribble extends InputStream {
    private final InputStream from;
    private int turn;

    Dribble(InputStream from) {
      this.from = from;
    }

    @Override
    public int read() throws IOException {
      return from.read();
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
      turn = (turn + 977) % 8191;
      return from.read(into, at, Math.min(length, 1 + turn));
    }
  }

  private static byte[] chunk(String id, int size) {
    return ByteBuffer.allocate(8 + size + size % 2)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(id.getBytes(StandardCharsets.ISO_8859_1))
        .putInt(size)
        .array();
  }

  private static void copy(WriteOptions options, String to) throws IOException {
    try (SignalBuffer signal = SignalBuffer.allocate(SampleType.FLOAT32, options.channels(), 100);
        SignalWriter writer = SignalFiles.create(to, options)) {
      writer.write(signal, 0, 100);
      writer.commit();
    }
  }

  private static FileFormat format(String name, ReadOptions options) throws IOException {
    try (SignalReader reader = SignalFiles.open(name, options)) {
      return reader.info();
    }
  }
}
