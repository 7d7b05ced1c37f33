package io.github.millrace.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes, a file or a stream is read or refused, within bounded memory. */
final class HeaderFuzzTest {

  /** A long run takes about an hour. */
  private static final int MUTANTS = Boolean.getBoolean("millrace.long") ? 500_000 : 100;

  private static final int HEADER = 170;

  /** Metadata of 16 MiB held twice, and the scratch of 65,535 channels. */
  private static final long MOST_ALLOCATED = 80L << 20;

  /** Numbers that headers trip over. */
  private static final int[] EDGES = {0, 1, 0x7F, 0x80, 0xFF};

  @TempDir Path folder;

  /** Files of every format, and those whose chunks are many, damaged or doubtful. */
  static Stream<Arguments> files() throws IOException {
    List<Arguments> files = new ArrayList<>();
    for (GoldenFile file : GoldenFile.all()) {
      files.add(Arguments.of(file.name(), file.bytes()));
    }
    for (String name :
        List.of(
            "broadcast",
            "trailing",
            "two_data",
            "word_of_rf64",
            "sox_pipe_2_24",
            "sox_rifx_6_16")) {
      files.add(Arguments.of(name, RiffBytes.golden(name + ".wav")));
    }
    byte[] raw = new byte[500];
    new SplittableRandom(5).nextBytes(raw);
    files.add(Arguments.of("raw", raw));
    return files.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void mutantsAreReadOrRefused(String name, byte[] original) throws IOException {
    SplittableRandom random = new SplittableRandom(name.hashCode());
    ReadOptions options =
        name.equals("raw") ? ReadOptions.raw(Encoding.S24, 8000, 7) : ReadOptions.DEFAULT;
    Path path = folder.resolve("mutant");
    for (int i = 0; i < MUTANTS; i++) {
      byte[] bytes = mutate(original.clone(), random);
      long before = allocated();
      if (i % 2 == 0) {
        Files.write(path, bytes);
        open(path.toString(), options);
      } else {
        open("-", options.withStdin(new ByteArrayInputStream(bytes)));
      }
      long used = allocated() - before;
      assertTrue(used < MOST_ALLOCATED, () -> used + " bytes for " + Arrays.toString(bytes));
    }
  }

  private static byte[] mutate(byte[] bytes, SplittableRandom random) {
    int changes = random.nextInt(1, 5);
    int reach = random.nextInt(3) == 0 ? bytes.length : Math.min(HEADER, bytes.length);
    for (int c = 0; c < changes; c++) {
      int at = random.nextInt(reach);
      int run = random.nextInt(3) == 0 ? 4 : 1;
      for (int i = at; i < Math.min(at + run, bytes.length); i++) {
        bytes[i] =
            (byte) (random.nextBoolean() ? EDGES[random.nextInt(EDGES.length)] : random.nextInt());
      }
    }
    return switch (random.nextInt(8)) {
      case 0, 1 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 2 -> doubled(bytes, random.nextInt(bytes.length), random.nextInt(bytes.length));
      default -> bytes;
    };
  }

  /** With one part twice, as when a chunk is. */
  private static byte[] doubled(byte[] bytes, int one, int other) {
    byte[] start = Arrays.copyOf(bytes, Math.max(one, other));
    return RiffBytes.join(start, Arrays.copyOfRange(bytes, Math.min(one, other), bytes.length));
  }

  /** Anything but a clear refusal fails the test by its own exception. */
  private static void open(String name, ReadOptions options) throws IOException {
    try (SignalReader reader = SignalFiles.open(name, options)) {
      FileFormat info = reader.info();
      try (SignalBuffer buffer = SignalBuffer.allocate(SampleType.FLOAT32, info.channels(), 100)) {
        while (reader.read(buffer, 0, 100) > 0) {}
      }
      reader.notes().forEach(note -> assertEquals(1, note.lines().count(), note));
      List<Chunk> chunks = new ArrayList<>(info.metadata());
      chunks.addAll(reader.lateMetadata());
      write(WriteOptions.like(info), chunks);
    } catch (SignalFileException e) {
      assertTrue(
          e.getMessage().startsWith(name.equals("-") ? "standard input: " : name),
          () -> e.getMessage());
      assertTrue(e.getMessage().lines().count() == 1, () -> e.getMessage());
    }
  }

  /** Metadata is made right for another rate and start, whatever it holds. */
  private static void write(WriteOptions options, List<Chunk> chunks) throws IOException {
    int channels = Math.min(options.channels(), 2);
    try (SignalWriter writer =
        SignalFiles.create(
            "-",
            options
                .withContainer(Container.RF64)
                .withSampleRate(12_345)
                .withChannels(channels)
                .withStdout(OutputStream.nullOutputStream())
                .withMetadata(new Metadata(chunks, options.metadata().origin(), -50)))) {
      writer.commit();
    }
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }
}
