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
import java.util.Arrays;
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
    assertEquals(
        List.of(new Chunk("PEAK", new byte[5]), new Chunk("LIST", new byte[7])), format.metadata());
    assertEquals(
        List.of("the cue chunk behind the samples is cut short and left out"), format.notes());
  }

  @Test
  void everyChunkIsKeptButFillersAndWhatIsMadeAnew() throws IOException {
    byte[] fmt = RiffBytes.fmt(Encoding.S16, 1);
    byte[] data = RiffBytes.chunk("data", new byte[6]);
    byte[] bytes =
        RiffBytes.riff(
            fmt,
            RiffBytes.chunk("JUNK", new byte[28]),
            RiffBytes.chunk("fact", new byte[4]),
            RiffBytes.chunk("guan", new byte[9]),
            RiffBytes.chunk("xyzt", new byte[3]),
            data,
            RiffBytes.chunk("PAD ", new byte[10]),
            RiffBytes.chunk("guan", new byte[2]),
            RiffBytes.chunk("wamd", new byte[1]),
            RiffBytes.chunk("data", new byte[8]),
            new byte[3]);
    RiffBytes.both(
        folder,
        bytes,
        read -> {
          assertEquals(3, read.frames());
          assertEquals(
              List.of(
                  new Chunk("guan", new byte[9]),
                  new Chunk("xyzt", new byte[3]),
                  new Chunk("guan", new byte[2]),
                  new Chunk("wamd", new byte[1])),
              read.chunks());
          assertEquals(
              List.of("a second data chunk of 8 bytes is left out, only the first is read"),
              read.notes());
        });
  }

  /** Odd chunks whose writers forgot the pad byte, before and behind the samples. */
  @Test
  void aMissingPadByteCostsNoChunk() throws IOException {
    byte[] odd = RiffBytes.chunk("iXML", "<a/> ".getBytes(StandardCharsets.UTF_8));
    byte[] bare = Arrays.copyOf(odd, odd.length - 1);
    byte[] data = RiffBytes.chunk("data", new byte[5]);
    byte[] bytes =
        RiffBytes.riff(
            RiffBytes.fmt(Encoding.U8, 1), bare, Arrays.copyOf(data, data.length - 1), bare, bare);
    Chunk chunk = new Chunk("iXML", "<a/> ".getBytes(StandardCharsets.UTF_8));
    RiffBytes.both(
        folder,
        bytes,
        read -> {
          assertEquals(5, read.frames());
          assertEquals(List.of(chunk, chunk, chunk), read.chunks());
          assertEquals(List.of(), read.notes());
        });
  }

  @Test
  void whatIsNoChunkIsNamedWhereItLies() throws IOException {
    byte[] file =
        RiffBytes.riff(RiffBytes.fmt(Encoding.S16, 1), RiffBytes.chunk("data", new byte[4]));
    RiffBytes.both(
        folder,
        RiffBytes.join(file, new byte[100]),
        read ->
            assertEquals(
                List.of("what follows at offset 48 is not a chunk and is left out"), read.notes()));
    RiffBytes.both(
        folder,
        RiffBytes.join(file, Arrays.copyOf(RiffBytes.chunk("LIST", new byte[9]), 16)),
        read ->
            assertEquals(
                List.of("the LIST chunk behind the samples is cut short and left out"),
                read.notes()));
  }

  @Test
  void chunksOfWave64AreNamed() throws IOException {
    byte[] file = GoldenFile.named("ffmpeg_f64.w64").bytes();
    byte[] chunk = Arrays.copyOfRange(file, 40, 80);
    chunk[0] = 'b';
    chunk[16] = 40;
    Path before = folder.resolve("before.w64");
    Files.write(
        before,
        RiffBytes.join(Arrays.copyOf(file, 40), chunk, Arrays.copyOfRange(file, 40, file.length)));
    assertEquals(
        List.of("the bmt chunk of 16 bytes is left out: Wave64's are not read"),
        format(before.toString(), ReadOptions.DEFAULT).notes());
    RiffBytes.both(folder, RiffBytes.join(file, chunk), MetadataTest::assertRestNamed);
  }

  /** Such as a second array in the same file. */
  @Test
  void whatFollowsAnArrayIsNamed() throws IOException {
    byte[] array = GoldenFile.named("numpy_s16_3_le_C.npy").bytes();
    RiffBytes.both(folder, RiffBytes.join(array, array), MetadataTest::assertRestNamed);
    RiffBytes.both(folder, array, read -> assertEquals(List.of(), read.damage()));
  }

  private static void assertRestNamed(Reading read) {
    assertEquals(65, read.frames());
    assertEquals(1, read.damage().size(), () -> read.damage().toString());
    String note = read.damage().getFirst();
    assertTrue(note.matches("what follows the samples at offset \\d+ is left out"), note);
  }

  /** Numbers in the chunks of RIFX are of the other order than in those of WAV. */
  @Test
  void binaryChunksOfRifxAreNamed() throws IOException {
    byte[] bytes = RiffBytes.golden("sox_rifx_1_8.wav");
    byte[] list =
        RiffBytes.join("LIST".getBytes(StandardCharsets.UTF_8), new byte[] {0, 0, 0, 2, 1, 2});
    Path file =
        Files.write(
            folder.resolve("x.wav"),
            RiffBytes.join(
                Arrays.copyOf(bytes, 36), list, Arrays.copyOfRange(bytes, 36, bytes.length)));
    assertEquals(
        List.of("the LIST chunk of 2 bytes is left out: its numbers are big-endian"),
        format(file.toString(), ReadOptions.DEFAULT).notes());
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
