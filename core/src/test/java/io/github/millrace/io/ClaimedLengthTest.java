package io.github.millrace.io;

import static io.github.millrace.io.RiffBytes.both;
import static io.github.millrace.io.RiffBytes.chunk;
import static io.github.millrace.io.RiffBytes.fmt;
import static io.github.millrace.io.RiffBytes.golden;
import static io.github.millrace.io.RiffBytes.join;
import static io.github.millrace.io.RiffBytes.text;
import static io.github.millrace.io.RiffBytes.u32;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lengths that headers claim and inputs do not keep, in files and in streams. */
final class ClaimedLengthTest {

  private static final int FRAMES = 101;

  @TempDir Path folder;

  /** What SoX, ffmpeg, arecord and others leave where they do not know the length. */
  @ParameterizedTest
  @CsvSource({
    "U8, 1",
    "S16, 1",
    "S24, 2",
    "S16, 6",
    "F32, 3",
    "S24, 7",
    "F64, 5",
    "S16, 30000",
    "S24, 21845"
  })
  void aPlaceholderMeansToTheEnd(Encoding encoding, int channels) throws IOException {
    int frame = channels * encoding.bytes();
    int frames = frame > 1_000 ? 3 : FRAMES;
    long[] claims = {0, 0xFFFF_FFFFL, 0xFFFF_FFFFL - 36, 0x7FFF_F000L, 0x7FFF_FFFFL, 0x8000_0000L};
    byte[] samples = new byte[frames * frame];
    Arrays.fill(samples, (byte) 77);
    for (long claim : claims) {
      for (long length : new long[] {claim, claim - claim % frame}) {
        byte[] data = join(text("data"), u32(length), samples, new byte[frame - 1]);
        byte[] file = join(text("RIFF"), u32(length + 36), text("WAVE"), fmt(encoding, channels));
        both(
            folder,
            join(file, data),
            read -> {
              assertEquals(frames, read.frames(), () -> "claim " + length);
              List<String> rest =
                  frame == 1
                      ? List.of()
                      : List.of(
                          "the last "
                              + (frame - 1)
                              + " bytes are not a whole frame and are left out");
              assertEquals(rest, read.notes(), () -> "claim " + length);
            });
      }
    }
  }

  /**
   * SoX's own bytes: a ramp of 8 bits, interleaved over 6 channels of which the first are taken.
   */
  @ParameterizedTest
  @ValueSource(strings = {"pipe_1_8", "pipe_2_24", "pipe_3_32", "pipe_6_16"})
  void whatSoxPipesAndItsRifxAreRead(String name) throws IOException {
    int channels = name.charAt(5) - '0';
    // The pad byte of an odd length cannot be told from a sample.
    int frames = channels == 1 ? FRAMES + 1 : FRAMES;
    double[] expected = new double[frames * channels];
    for (int i = 0; i < FRAMES * channels; i++) {
      int step = i / channels * 6 + i % channels;
      expected[i] = (step % 256 - 128) / 128.0;
    }
    if (channels == 1) {
      expected[FRAMES] = -1;
    }
    for (String kind : new String[] {name, name.replace("pipe", "rifx")}) {
      both(
          folder,
          golden("sox_" + kind + ".wav"),
          read -> {
            assertArrayEquals(expected, read.samples());
            assertEquals(Container.WAV, read.info().container());
            assertEmpty(read.notes());
          });
    }
  }

  private static void assertEmpty(List<String> notes) {
    assertEquals(List.of(), notes);
  }

  /** A recorder that splits at 2 GiB claims nearly as much as a placeholder, and means it. */
  @Test
  void aChunkBehindANearlyFullLengthIsNoSamples() throws IOException {
    long claim = 0x7FFF_EFFCL;
    Path file = folder.resolve("sparse.wav");
    byte[] start = join(text("RIFF"), u32(claim + 56), text("WAVE"), fmt(Encoding.S24, 2));
    start = join(start, text("data"), u32(claim));
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.write(start);
      access.seek(start.length + claim);
      access.write(chunk("LIST", text("INFOabcd")));
    }
    try (SignalReader reader = SignalFiles.open(file.toString(), ReadOptions.DEFAULT)) {
      assertEquals(claim / 6, reader.info().frames());
      assertEquals(List.of(new Chunk("LIST", text("INFOabcd"))), reader.info().metadata());
      assertEquals(List.of(), reader.notes());
    }
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.seek(start.length + claim);
      access.write(new byte[16]);
      access.setLength(start.length + 2_160_000_000L);
    }
    try (SignalReader reader = SignalFiles.open(file.toString(), ReadOptions.DEFAULT)) {
      assertEquals(360_000_000, reader.info().frames());
      assertEquals(List.of(), reader.notes());
    }
  }

  /** The same by a pipe: the header as SoX writes it, and more bytes than it says. */
  @Test
  void aStreamGoesOnBeyondItsPlaceholder() throws IOException {
    byte[] header = Arrays.copyOf(golden("sox_pipe_2_24.wav"), 80);
    InputStream parts =
        new SequenceInputStream(new ByteArrayInputStream(header), new Zeros(2_160_000_000L));
    try (SignalReader reader = SignalFiles.open("-", ReadOptions.DEFAULT.withStdin(parts));
        SignalBuffer buffer = SignalBuffer.allocate(SampleType.FLOAT32, 2, 1 << 18)) {
      assertEquals(-1, reader.info().frames());
      assertEquals(360_000_000, count(reader, buffer));
      assertEquals(List.of(), reader.notes());
    }
  }

  private static long count(SignalReader reader, SignalBuffer buffer) throws IOException {
    long frames = 0;
    for (long n; (n = reader.read(buffer, 0, buffer.frames())) > 0; ) {
      frames += n;
    }
    return frames;
  }

  /** So many bytes. */
  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long bytes) {
      left = bytes;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] into, int at, int length) {
      // What the array holds will do: it is never a chunk's name.
      int part = (int) Math.min(length, left);
      left -= part;
      return part == 0 ? -1 : part;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "python_s16.wav",
        "ffmpeg_s24.wav",
        "sox_u8.wav",
        "ffmpeg_rf64.wav",
        "ffmpeg_f64.w64",
        "numpy_f32_1_le_C.npy",
        "numpy_s16_3_le_C.npy"
      })
  void aCutFileGivesItsWholeFramesAndAWarning(String name) throws IOException {
    GoldenFile file = GoldenFile.named(name);
    int frame = file.channels() * file.encoding().bytes();
    byte[] whole = file.bytes();
    long start = whole.length - file.heldFrames() * frame;
    start -= pad(file, frame);
    for (int missing : new int[] {1, frame, frame + 1, 5 * frame - 1, 65 * frame}) {
      byte[] cut = Arrays.copyOf(whole, (int) (start + 65L * frame - missing));
      long held = (65L * frame - missing) / frame;
      both(
          folder,
          cut,
          read -> {
            assertEquals(held, read.frames(), () -> name + " lacks " + missing);
            String note = "is cut short: the header promises 65 frames, " + held + " are there";
            assertEquals(List.of(note), read.damage(), () -> name + " lacks " + missing);
          });
      double[] expected = Arrays.copyOf(file.interleaved(), (int) held * file.channels());
      Path path = Files.write(folder.resolve("cut"), cut);
      assertArrayEquals(expected, Reading.of(path.toString(), ReadOptions.DEFAULT).samples());
    }
  }

  /** Bytes that align the end of the file. */
  private static long pad(GoldenFile file, int frame) {
    return switch (file.container()) {
      case W64 -> Math.floorMod(-65 * frame, 8);
      case NPY -> 0;
      default -> Math.floorMod(-65 * frame, 2);
    };
  }

  @Test
  void theLengthOfDs64CountsWhateverTheDataWordSays() throws IOException {
    byte[] bytes = golden("word_of_rf64.wav");
    for (long word : new long[] {0xFF_FFFFL, 0xFFFF_FFFFL, 0, 7, 0x7FFF_F000L}) {
      System.arraycopy(u32(word), 0, bytes, 76, 4);
      both(
          folder,
          bytes,
          read -> {
            assertEquals(FRAMES, read.frames(), () -> "word " + word);
            assertEmpty(read.notes());
          });
    }
    System.arraycopy(u32(0x100, 0), 0, bytes, 28, 8);
    String note = "is cut short: the header promises 128 frames, 101 are there";
    both(folder, bytes, read -> same(note, read));
    for (long[] unknown : new long[][] {{0, 0}, {-1, -1}, {-1, 0x7FFF_FFFFL}}) {
      System.arraycopy(u32(unknown), 0, bytes, 28, 8);
      System.arraycopy(u32(-1), 0, bytes, 76, 4);
      both(folder, bytes, read -> assertEmpty(read.notes()));
    }
  }

  private static void same(String note, Reading read) {
    assertEquals(List.of(note), read.notes());
    assertEquals(FRAMES, read.frames());
  }

  @Test
  void zeroMeansNoSamplesWhereAChunkFollows() throws IOException {
    byte[] head = join(fmt(Encoding.S16, 1), chunk("data", new byte[0]));
    both(
        folder,
        RiffBytes.riff(head, chunk("LIST", text("INFO"))),
        read -> {
          assertEquals(0, read.frames());
          assertEquals(List.of(new Chunk("LIST", text("INFO"))), read.chunks());
          assertEmpty(read.notes());
        });
  }

  @Test
  void anArrayInFortranOrderThatIsCutIsRefused() throws IOException {
    byte[] bytes = GoldenFile.named("numpy_f32_7_le_F.npy").bytes();
    Path file = Files.write(folder.resolve("x.npy"), Arrays.copyOf(bytes, bytes.length - 1));
    SignalFileException error =
        assertThrows(
            SignalFileException.class,
            () -> SignalFiles.open(file.toString(), ReadOptions.DEFAULT));
    assertEquals(
        file
            + ": offset 10, header: is cut short: the header promises 65 frames, 64 are there;"
            + " in Fortran order nothing of the rest can be read",
        error.getMessage());
    assertNull(error.found().orElse(null));
  }

  @Test
  void whatIsKnownOfAFileWithoutSamplesComesWithTheError() throws IOException {
    Path file = Files.write(folder.resolve("x.wav"), golden("no_data.wav"));
    SignalFileException error =
        assertThrows(
            SignalFileException.class,
            () -> SignalFiles.open(file.toString(), ReadOptions.DEFAULT));
    assertEquals(
        file + ": offset 36, chunk id: the input ends here: no data chunk", error.getMessage());
    FileFormat found = error.found().orElseThrow();
    assertEquals(48_000, found.sampleRate());
    assertEquals(0, found.frames());
  }
}
