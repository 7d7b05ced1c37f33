package io.github.millrace.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.millrace.signal.SignalBuffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Views of arrays are written to files and read from them as buffers off the heap are. */
class HeapBufferTest {

  private static final int FRAMES = 100_003;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"wav, F32", "wav, F64", "wav, S16", "rf64, F32", "w64, F64", "npy, F32", "npy, F64"})
  void arraysGoToFilesAndBack(String container, Encoding encoding) throws IOException {
    double[] x = new SplittableRandom(7).doubles(FRAMES, -1, 1).toArray();
    Path apart = folder.resolve("apart");
    Path array = folder.resolve("array");
    WriteOptions options =
        WriteOptions.of(encoding, 48_000, 1).withContainer(Container.parse(container));
    try (SignalBuffer buffer = SignalBuffer.ofPlanar(x)) {
      write(apart, options, buffer);
      write(array, options, SignalBuffer.wrap(x));
      double[] wide = new double[FRAMES];
      float[] narrow = new float[FRAMES];
      assertEquals(FRAMES, read(array, SignalBuffer.wrap(wide)));
      assertEquals(FRAMES, read(array, SignalBuffer.wrap(narrow)));
      assertEquals(FRAMES, read(apart, buffer));
      assertArrayEquals(buffer.toDoubles(0), wide);
      assertArrayEquals(buffer.toFloats(0), narrow);
    }
  }

  private static void write(Path file, WriteOptions options, SignalBuffer samples)
      throws IOException {
    try (SignalWriter writer = SignalFiles.create(file.toString(), options)) {
      writer.write(samples, 0, FRAMES);
      writer.commit();
    }
  }

  private static long read(Path file, SignalBuffer into) throws IOException {
    try (SignalReader reader = SignalFiles.open(file.toString(), ReadOptions.DEFAULT)) {
      return reader.read(into, 0, FRAMES);
    }
  }
}
