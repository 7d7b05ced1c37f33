package io.github.millrace.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every format promises: what was written is read back, through files and through streams. */
final class RoundTripContractTest {

  /** Frames: none, one, odd, and more than a block and, in the wider cases, a view or staging. */
  private static final long[] LENGTHS = {0, 1, 777, 150_001};

  private static final double RATE = 44_100;

  @TempDir Path folder;

  /** One cell of the table. */
  record Case(Container container, Encoding encoding, int channels) {}

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Container container : Container.values()) {
      for (Encoding encoding : Encoding.values()) {
        for (int channels : holds(container, encoding) ? new int[] {1, 2, 3, 7} : new int[0]) {
          cases.add(new Case(container, encoding, channels));
        }
      }
    }
    return cases;
  }

  private static boolean holds(Container container, Encoding encoding) {
    boolean waves = "u8 s16 s24 s32 f32 f64".contains(encoding.shortName());
    return switch (container) {
      case RAW -> true;
      case NPY -> encoding != Encoding.S24;
      case WAV, RF64, W64 -> waves;
    };
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsNotHeldIsRefused(Case c) throws IOException {
    for (Encoding encoding : Encoding.values()) {
      if (!holds(c.container(), encoding)) {
        String name = folder.resolve("x." + c.container().shortName()).toString();
        WriteOptions options = options(c).withEncoding(encoding);
        String message =
            assertThrows(SignalFileException.class, () -> SignalFiles.create(name, options))
                .getMessage();
        assertTrue(message.contains("cannot hold " + encoding.shortName()), message);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void fileKeepsSamples(Case c) throws IOException {
    for (long frames : LENGTHS) {
      String name = folder.resolve("x" + frames + "." + c.container().shortName()).toString();
      try (SignalBuffer signal = signal(c, frames)) {
        write(name, signal, options(c));
        try (SignalReader reader = SignalFiles.open(name, readOptions(c))) {
          assertEquals(frames, reader.info().frames());
          assertEquals(c.container(), reader.info().container());
          checkFormat(c, reader);
          checkSamples(signal, reader);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void streamKeepsSamples(Case c) throws IOException {
    for (long frames : LENGTHS) {
      try (SignalBuffer signal = signal(c, frames)) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write("-", signal, options(c).withFrames(frames).withStdout(bytes));
        ByteArrayInputStream stdin = new ByteArrayInputStream(bytes.toByteArray());
        try (SignalReader reader = SignalFiles.open("-", readOptions(c).withStdin(stdin))) {
          checkFormat(c, reader);
          checkSamples(signal, reader);
        }
      }
    }
  }

  private static WriteOptions options(Case c) {
    return WriteOptions.of(c.encoding(), RATE, c.channels()).withContainer(c.container());
  }

  private static ReadOptions readOptions(Case c) {
    return c.container() == Container.RAW
        ? ReadOptions.raw(c.encoding(), RATE, c.channels())
        : ReadOptions.DEFAULT.withSampleRate(RATE).withAxis(0);
  }

  private static void checkFormat(Case c, SignalReader reader) {
    assertEquals(c.encoding(), reader.info().encoding());
    assertEquals(c.channels(), reader.info().channels());
    assertEquals(RATE, reader.info().sampleRate());
  }

  /** Values that the encoding and float32 hold exactly. */
  private static SignalBuffer signal(Case c, long frames) {
    SampleType type = c.channels() % 2 == 1 ? SampleType.FLOAT32 : SampleType.FLOAT64;
    SignalBuffer signal = SignalBuffer.allocate(type, c.channels(), frames);
    SplittableRandom random = new SplittableRandom(1);
    int bits = c.encoding().isInteger() ? Math.min(24, 8 * c.encoding().bytes()) : 24;
    int half = 1 << (bits - 1);
    for (int p = 0; p < c.channels(); p++) {
      for (long i = 0; i < frames; i++) {
        signal.set(p, i, random.nextInt(-half, half) / (double) half);
      }
    }
    return signal;
  }

  private static void write(String name, SignalBuffer signal, WriteOptions options)
      throws IOException {
    try (SignalWriter writer = SignalFiles.create(name, options)) {
      long first = signal.frames() / 3;
      writer.write(signal, 0, first);
      writer.write(signal, first, 0);
      writer.write(signal, first, signal.frames() - first);
      assertEquals(signal.frames(), writer.frames());
      assertEquals(0, writer.clipped());
      writer.commit();
    }
  }

  private static void checkSamples(SignalBuffer expected, SignalReader reader) throws IOException {
    for (SampleType type : SampleType.values()) {
      if (reader.seekable()) {
        reader.seek(0);
      } else if (type != SampleType.FLOAT32) {
        continue;
      }
      int planes = expected.planes();
      try (SignalBuffer got = SignalBuffer.allocate(type, planes, expected.frames() + 5)) {
        long half = expected.frames() / 2;
        assertEquals(half, reader.read(got, 2, half));
        assertEquals(
            expected.frames() - half, reader.read(got, 2 + half, expected.frames() - half + 2));
        assertEquals(0, reader.read(got, 0, 1));
        for (int p = 0; p < planes; p++) {
          compare(expected, got, p);
        }
      }
    }
  }

  private static void compare(SignalBuffer expected, SignalBuffer got, int plane) {
    for (long i = 0; i < expected.frames(); i++) {
      if (expected.get(plane, i) != got.get(plane, i + 2)) {
        assertEquals(expected.get(plane, i), got.get(plane, i + 2), "frame " + i);
      }
    }
    assertEquals(0, got.get(plane, 0), "guard before");
    assertEquals(0, got.get(plane, got.frames() - 1), "guard behind");
  }
}
