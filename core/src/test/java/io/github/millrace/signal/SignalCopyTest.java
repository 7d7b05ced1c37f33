package io.github.millrace.signal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SignalCopyTest {

  /** Sample i of plane p, not representable in float32. */
  private static double sample(int plane, long frame) {
    return 100.0 * plane + frame + 0.1;
  }

  private static SignalBuffer ramp(SampleType type, int planes, int frames) {
    SignalBuffer buffer = SignalBuffer.allocate(type, planes, frames);
    for (int p = 0; p < planes; p++) {
      for (int i = 0; i < frames; i++) {
        buffer.set(p, i, sample(p, i));
      }
    }
    return buffer;
  }

  @ParameterizedTest
  @EnumSource
  void aRangeGoesOutAndIn(SampleType type) {
    try (SignalBuffer buffer = ramp(type, 2, 10);
        SignalBuffer copy = SignalBuffer.allocate(type, 2, 10)) {
      double[] wide = new double[6];
      float[] narrow = new float[6];
      SignalCopy.toArray(buffer.slice(3, 4), 1, wide, 1);
      SignalCopy.toArray(buffer.slice(3, 4), 1, narrow, 2);
      double third = type == SampleType.FLOAT32 ? (float) 103.1 : 103.1;
      assertArrayEquals(new double[] {0, third}, new double[] {wide[0], wide[1]});
      assertArrayEquals(new float[] {0, 0, 103.1f, 104.1f, 105.1f, 106.1f}, narrow);
      assertEquals(0, wide[5]);
      SignalCopy.fromArray(wide, 1, copy.slice(5, 4), 0);
      SignalCopy.fromArray(narrow, 2, copy.slice(5, 4), 1);
      assertEquals(0, copy.get(0, 4));
      assertEquals(third, copy.get(0, 5));
      assertEquals((float) 106.1, (float) copy.get(1, 8));
      assertEquals(0, copy.get(1, 9));
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,5000", "3,4097", "5000,3", "7,0"})
  void interleavedMemoryOfEveryKind(int planes, int frames) {
    for (SampleType type : SampleType.values()) {
      for (SampleType outer : SampleType.values()) {
        try (Arena arena = Arena.ofConfined();
            SignalBuffer buffer = ramp(type, planes, frames)) {
          long bytes = (long) planes * frames * outer.bytes();
          requireRoundTrip(buffer, arena.allocate(bytes + 5).asSlice(3), outer);
          requireRoundTrip(buffer, MemorySegment.ofArray(new byte[(int) bytes + 3]), outer);
        }
      }
    }
  }

  private static void requireRoundTrip(SignalBuffer buffer, MemorySegment memory, SampleType type) {
    SignalCopy.toInterleaved(buffer, memory, type);
    int last = buffer.planes() - 1;
    for (long i : new long[] {0, buffer.frames() / 2, buffer.frames() - 1}) {
      if (buffer.frames() > 0) {
        long at = i * buffer.planes() + last;
        double found =
            type == SampleType.FLOAT64
                ? memory.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, at * Double.BYTES)
                : memory.get(ValueLayout.JAVA_FLOAT_UNALIGNED, at * Float.BYTES);
        assertEquals((float) sample(last, i), (float) found);
      }
    }
    try (SignalBuffer back =
        SignalBuffer.allocate(buffer.type(), buffer.planes(), buffer.frames())) {
      SignalCopy.fromInterleaved(memory, type, back);
      for (int p = 0; p <= last; p += Math.max(1, last)) {
        for (int i = 0; i < back.frames(); i++) {
          boolean exact = type == SampleType.FLOAT64 || buffer.type() == SampleType.FLOAT32;
          double expected = exact ? buffer.get(p, i) : (float) buffer.get(p, i);
          assertEquals(expected, back.get(p, i));
        }
      }
    }
  }

  /** A view of a ByteBuffer is big-endian unless told otherwise. */
  @Test
  void floatBuffersInEitherOrderMoveTheirPosition() {
    for (FloatBuffer floats :
        new FloatBuffer[] {
          FloatBuffer.allocate(9),
          ByteBuffer.allocateDirect(36).asFloatBuffer(),
          ByteBuffer.allocateDirect(36).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer(),
          ByteBuffer.allocate(36).asFloatBuffer()
        }) {
      try (SignalBuffer buffer = ramp(SampleType.FLOAT64, 2, 3);
          SignalBuffer back = SignalBuffer.allocate(SampleType.FLOAT32, 2, 3)) {
        floats.position(2);
        SignalCopy.toInterleaved(buffer, floats);
        assertEquals(8, floats.position());
        assertEquals(0, floats.get(8));
        assertEquals(100.1f, floats.get(3));
        floats.position(2);
        SignalCopy.fromInterleaved(floats, back);
        assertEquals(8, floats.position());
        assertEquals(102.1f, (float) back.get(1, 2));
      }
    }
  }

  @Test
  void tooLittleRoomIsRefusedBeforeAnythingIsWritten() {
    try (SignalBuffer buffer = ramp(SampleType.FLOAT32, 2, 10)) {
      double[] nine = new double[9];
      requireRefusal("has 9 samples and is used from 0", () -> copy(buffer, nine, 0));
      requireRefusal("used from -1 on", () -> copy(buffer.slice(0, 2), nine, -1));
      assertArrayEquals(new double[9], nine);
      FloatBuffer small = FloatBuffer.allocate(20).position(1);
      requireRefusal("holds 19 samples", () -> SignalCopy.toInterleaved(buffer, small));
      requireRefusal("holds 19 samples", () -> SignalCopy.fromInterleaved(small, buffer));
      FloatBuffer fixed = FloatBuffer.allocate(20).asReadOnlyBuffer();
      requireRefusal("read-only", () -> SignalCopy.toInterleaved(buffer, fixed));
      assertThrows(
          IndexOutOfBoundsException.class, () -> SignalCopy.toArray(buffer, 2, new double[10], 0));
    }
    SignalBuffer closed = ramp(SampleType.FLOAT32, 1, 2);
    closed.close();
    assertThrows(IllegalStateException.class, () -> copy(closed, new double[2], 0));
  }

  /**
   * Nothing but the copy under way holds the buffer: the garbage collector may free it after that.
   */
  @Test
  void aBufferThatIsDroppedUnclosedOutlivesTheCopy() throws InterruptedException {
    AtomicBoolean copied = new AtomicBoolean();
    Thread collector =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!copied.get()) {
                    System.gc();
                  }
                });
    float[] samples = new float[1 << 20];
    samples[samples.length - 1] = 0.5f;
    try {
      for (int i = 0; i < 40; i++) {
        double[] wide = SignalBuffer.ofPlanar(samples).toDoubles(0);
        assertEquals(0.5, wide[samples.length - 1]);
      }
    } finally {
      copied.set(true);
      collector.join();
    }
  }

  private static void copy(SignalBuffer buffer, double[] to, int offset) {
    SignalCopy.toArray(buffer, 1 % buffer.planes(), to, offset);
  }

  private static void requireRefusal(String message, Executable call) {
    var e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
