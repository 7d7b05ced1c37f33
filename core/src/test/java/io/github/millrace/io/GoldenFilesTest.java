package io.github.millrace.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files by SoX, ffmpeg, SciPy, NumPy and Python are read right, and ours are theirs to the byte.
 */
final class GoldenFilesTest {

  @TempDir Path folder;

  static List<GoldenFile> files() {
    return GoldenFile.all();
  }

  @ParameterizedTest
  @MethodSource("files")
  void readsFile(GoldenFile file) throws IOException {
    try (SignalReader reader = SignalFiles.open(file.path().toString(), ReadOptions.DEFAULT)) {
      assertEquals(file.heldFrames(), reader.info().frames());
      check(file, reader);
      assertTrue(reader.seekable());
      reader.seek(file.heldFrames() - 1);
      try (SignalBuffer last =
          SignalBuffer.allocate(SampleType.FLOAT64, reader.info().channels(), 1)) {
        assertEquals(1, reader.read(last, 0, 1));
        double[] all = file.interleaved();
        assertEquals(all[all.length - 1], last.get(file.channels() - 1, 0));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void readsStream(GoldenFile file) throws IOException {
    ReadOptions options = ReadOptions.DEFAULT.withStdin(new ByteArrayInputStream(file.bytes()));
    if (file.name().endsWith("F.npy")) {
      String message =
          assertThrows(SignalFileException.class, () -> SignalFiles.open("-", options))
              .getMessage();
      assertTrue(message.contains("Fortran order cannot be read from a stream"), message);
      return;
    }
    try (SignalReader reader = SignalFiles.open("-", options)) {
      assertEquals(file.frames(), reader.info().frames());
      check(file, reader);
    }
  }

  private static void check(GoldenFile file, SignalReader reader) throws IOException {
    FileFormat info = reader.info();
    assertEquals(file.container(), info.container());
    assertEquals(file.encoding(), info.encoding());
    assertEquals(file.sampleRate(), info.sampleRate());
    assertEquals(file.channels(), info.channels());
    assertEquals(file.channelMask(), info.channelMask());
    long frames = file.heldFrames();
    try (SignalBuffer buffer =
        SignalBuffer.allocate(SampleType.FLOAT64, file.channels(), frames + 1)) {
      assertEquals(3, reader.read(buffer, 0, 3));
      assertEquals(frames - 3, reader.read(buffer, 3, frames - 2));
      assertEquals(0, reader.read(buffer, 0, 1));
      assertArrayEquals(file.interleaved(), buffer.slice(0, frames).toInterleavedDoubles());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sox_u8.wav",
        "sox_s16.wav",
        "sox_f32.wav",
        "sox_f64.wav",
        "ffmpeg_f64.w64",
        "ffmpeg_s16.wav",
        "ffmpeg_s24.wav",
        "ffmpeg_s32.wav",
        "ffmpeg_rf64.wav",
        "ffmpeg_junk.wav",
        "python_s16.wav",
        "scipy_s16.wav",
        "numpy_f32_1_le_C.npy",
        "numpy_s16_3_le_C.npy"
      })
  void writesTheSameBytes(String name) throws IOException {
    GoldenFile file = GoldenFile.named(name);
    Path target = folder.resolve(name);
    boolean reserved = name.contains("junk");
    WriteOptions options =
        WriteOptions.of(file.encoding(), file.sampleRate(), file.channels())
            .withContainer(file.container())
            .withChannelMask(file.channelMask())
            .withFrames(reserved ? -1 : file.heldFrames());
    try (SignalBuffer signal = SignalBuffer.ofInterleaved(file.interleaved(), file.channels());
        SignalWriter writer = SignalFiles.create(target.toString(), options)) {
      writer.write(signal, 0, signal.frames());
      writer.commit();
    }
    assertArrayEquals(file.bytes(), Files.readAllBytes(target));
  }
}
