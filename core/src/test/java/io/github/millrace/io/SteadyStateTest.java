package io.github.millrace.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Blocks cost the heap at most some views, whatever their samples; closed files say so. */
final class SteadyStateTest {

  private static final int BLOCKS = 500;
  private static final int BLOCK = 4096;
  private static final long MOST_BYTES_PER_BLOCK = 512;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void blocksAllocateNoSamples(Encoding encoding) throws IOException {
    String suffix = encoding == Encoding.S24 ? "a.wav" : "a.npy";
    String name = folder.resolve(suffix).toString();
    WriteOptions options = WriteOptions.of(encoding, 8000, 2).withOverwrite(true).withDither(true);
    try (SignalBuffer block = SignalBuffer.allocate(SampleType.FLOAT32, 2, BLOCK)) {
      write(name, block, options);
      read(name, block);
      assertTrue(write(name, block, options) < BLOCKS * MOST_BYTES_PER_BLOCK);
      assertTrue(read(name, block) < BLOCKS * MOST_BYTES_PER_BLOCK);
    }
  }

  private static long write(String name, SignalBuffer block, WriteOptions options)
      throws IOException {
    try (SignalWriter writer = SignalFiles.create(name, options)) {
      long before = allocated();
      for (int i = 0; i < BLOCKS; i++) {
        writer.write(block, 0, BLOCK);
      }
      long used = allocated() - before;
      writer.commit();
      return used;
    }
  }

  private static long read(String name, SignalBuffer block) throws IOException {
    try (SignalReader reader = SignalFiles.open(name, ReadOptions.DEFAULT)) {
      long before = allocated();
      for (int i = 0; i < BLOCKS; i++) {
        assertEquals(BLOCK, reader.read(block, 0, BLOCK));
      }
      return allocated() - before;
    }
  }

  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  @Test
  void closedReaderSaysSo() throws IOException {
    for (String file : new String[] {"python_s16.wav", "numpy_s16_3_be_F.npy"}) {
      String name = GoldenFile.named(file).path().toString();
      SignalReader reader = SignalFiles.open(name, ReadOptions.DEFAULT);
      reader.close();
      reader.close();
      int channels = reader.info().channels();
      try (SignalBuffer buffer = SignalBuffer.allocate(SampleType.FLOAT32, channels, 1)) {
        String message =
            assertThrows(SignalFileException.class, () -> reader.read(buffer, 0, 1)).getMessage();
        assertEquals(name + ": is closed", message);
      }
    }
  }
}
