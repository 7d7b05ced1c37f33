package io.github.millrace.io;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes, a file or a stream is read or refused, within bounded memory. */
final class HeaderFuzzTest {

  private static final int MUTANTS = 200;
  private static final int HEADER = 170;

  /** Metadata of 16 MiB held twice, and the scratch of 65,535 channels. */
  private static final long MOST_ALLOCATED = 80L << 20;

  /** Numbers that headers trip over. */
  private static final int[] EDGES = {0, 1, 0x7F, 0x80, 0xFF};

  @TempDir Path folder;

  static List<GoldenFile> files() {
    return GoldenFile.all();
  }

  @ParameterizedTest
  @MethodSource("files")
  void mutatedHeadersAreReadOrRefused(GoldenFile file) throws IOException {
    SplittableRandom random = new SplittableRandom(file.name().hashCode());
    Path path = folder.resolve("mutant");
    for (int i = 0; i < MUTANTS; i++) {
      byte[] bytes = mutate(file.bytes(), random);
      long before = allocated();
      if (i % 2 == 0) {
        Files.write(path, bytes);
        open(path.toString(), ReadOptions.DEFAULT);
      } else {
        open("-", ReadOptions.DEFAULT.withStdin(new ByteArrayInputStream(bytes)));
      }
      long used = allocated() - before;
      assertTrue(used < MOST_ALLOCATED, () -> used + " bytes for " + Arrays.toString(bytes));
    }
  }

  private static byte[] mutate(byte[] bytes, SplittableRandom random) {
    int changes = random.nextInt(1, 5);
    for (int c = 0; c < changes; c++) {
      int at = random.nextInt(Math.min(HEADER, bytes.length));
      int run = random.nextInt(3) == 0 ? 4 : 1;
      for (int i = at; i < Math.min(at + run, bytes.length); i++) {
        bytes[i] =
            (byte) (random.nextBoolean() ? EDGES[random.nextInt(EDGES.length)] : random.nextInt());
      }
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  /** Anything but a clear refusal fails the test by its own exception. */
  private static void open(String name, ReadOptions options) throws IOException {
    try (SignalReader reader = SignalFiles.open(name, options)) {
      FileFormat info = reader.info();
      try (SignalBuffer buffer = SignalBuffer.allocate(SampleType.FLOAT32, info.channels(), 100)) {
        while (reader.read(buffer, 0, 100) > 0) {}
      }
    } catch (SignalFileException e) {
      assertTrue(
          e.getMessage().startsWith(name.equals("-") ? "standard input: " : name),
          () -> e.getMessage());
      assertTrue(e.getMessage().lines().count() == 1, () -> e.getMessage());
    }
  }

  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }
}
