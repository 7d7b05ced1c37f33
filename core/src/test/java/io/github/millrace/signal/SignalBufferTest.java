package io.github.millrace.signal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalBufferTest {

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 31, 512, 1024, 4096, 100_000})
  void memoryIsAlignedAndPlanesDoNotAlias(long frames) {
    for (SampleType type : SampleType.values()) {
      try (SignalBuffer buffer = SignalBuffer.allocate(type, 3, frames)) {
        assertEquals(0, buffer.segment().address() % 4096);
        assertEquals(0, buffer.layout().strideBytes() % 128);
        assertTrue(frames == 0 || buffer.layout().strideBytes() % 4096 != 0);
        assertEquals(frames * type.bytes(), buffer.plane(2).byteSize());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SampleType.class)
  void slicesShareMemory(SampleType type) {
    try (SignalBuffer buffer = SignalBuffer.allocate(type, 2, 10)) {
      SignalBuffer slice = buffer.slice(3, 4);
      slice.set(1, 0, 0.5);
      assertEquals(0.5, buffer.get(1, 3));
      assertEquals(4, slice.frames());
      slice.slice(1, 2).set(0, 1, -2);
      assertEquals(-2, buffer.get(0, 5));
      assertThrows(IndexOutOfBoundsException.class, () -> buffer.slice(8, 3));
      assertThrows(IndexOutOfBoundsException.class, () -> slice.get(0, 4));
      assertThrows(IndexOutOfBoundsException.class, () -> slice.get(2, 0));
    }
  }

  @Test
  void arraysComeAndGo() {
    float[] interleaved = {1, -1, 2, -2, 3, -3};
    try (SignalBuffer buffer = SignalBuffer.ofInterleaved(interleaved, 2)) {
      assertArrayEquals(new float[] {1, 2, 3}, buffer.toFloats(0));
      assertArrayEquals(new double[] {-1, -2, -3}, buffer.toDoubles(1));
      assertArrayEquals(interleaved, buffer.toInterleavedFloats());
    }
    double[][] planar = {{0.1, 0.2}, {0.3, 0.4}};
    try (SignalBuffer buffer = SignalBuffer.ofPlanar(planar)) {
      assertArrayEquals(planar[1], buffer.toDoubles(1));
      assertArrayEquals(new float[] {0.1f, 0.2f}, buffer.toFloats(0));
      assertArrayEquals(new double[] {0.1, 0.3, 0.2, 0.4}, buffer.toInterleavedDoubles());
    }
    double[] mono = {1, 2, 3};
    try (SignalBuffer buffer = SignalBuffer.ofInterleaved(mono, 1)) {
      assertArrayEquals(mono, buffer.toDoubles(0));
    }
  }

  @Test
  void unequalChannelsAreRefused() {
    requireRefusal(
        "channel 1 has 1 frames, channel 0 has 2",
        () -> SignalBuffer.ofPlanar(new float[] {1, 2}, new float[] {1}));
    requireRefusal(
        "5 interleaved samples do not divide into 2 channels",
        () -> SignalBuffer.ofInterleaved(new double[5], 2));
    requireRefusal("planes is 0", () -> SignalBuffer.ofPlanar(new double[0][]));
  }

  @Test
  void existingMemoryIsWrappedWithoutACopy() {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment memory = arena.allocate(4 * 10);
      PlanarLayout layout = new PlanarLayout(SampleType.FLOAT32, 2, 3, 20);
      SignalBuffer buffer = SignalBuffer.wrap(memory, layout);
      buffer.set(1, 2, 7);
      assertEquals(7f, memory.get(ValueLayout.JAVA_FLOAT, 20 + 8));
      buffer.close();
      assertTrue(memory.scope().isAlive());
      requireRefusal(
          "has 40 bytes, the layout needs 44",
          () -> SignalBuffer.wrap(memory, new PlanarLayout(SampleType.FLOAT32, 2, 3, 32)));
      requireRefusal(
          "on the heap", () -> SignalBuffer.wrap(MemorySegment.ofArray(new float[6]), layout));
    }
  }

  @Test
  void confinedMemoryIsRefused() {
    PlanarLayout layout = PlanarLayout.packed(SampleType.FLOAT64, 1, 1);
    try (Arena arena = Arena.ofConfined()) {
      requireRefusal("confined arena", () -> SignalBuffer.wrap(arena.allocate(8), layout));
    }
    assertEquals(1, SignalBuffer.wrap(Arena.ofAuto().allocate(8), layout).frames());
    assertEquals(1, SignalBuffer.wrap(Arena.global().allocate(8), layout).frames());
  }

  @Test
  void whatIsInUseIsNotClosed() {
    SignalBuffer buffer = SignalBuffer.allocate(SampleType.FLOAT64, 1, 4);
    SignalBuffer slice = buffer.slice(1, 2);
    buffer.acquire();
    slice.acquire();
    var e = assertThrows(IllegalStateException.class, buffer::close);
    assertEquals("the buffer is in use by 2 calls of a plan", e.getMessage());
    slice.close();
    buffer.set(0, 0, 5);
    buffer.release();
    assertThrows(IllegalStateException.class, buffer::close);
    slice.release();
    buffer.close();
    assertThrows(IllegalStateException.class, buffer::acquire);
    assertThrows(IllegalStateException.class, slice::acquire);
    buffer.close();
  }

  @Test
  void wrappedMemoryIsItsArenasToClose() {
    Arena arena = Arena.ofShared();
    SignalBuffer buffer =
        SignalBuffer.wrap(arena.allocate(8), PlanarLayout.packed(SampleType.FLOAT64, 1, 1));
    assertFalse(buffer.isHeldByUse());
    buffer.acquire();
    buffer.close();
    assertTrue(buffer.isAlive());
    buffer.release();
    arena.close();
    assertThrows(IllegalStateException.class, buffer::acquire);
  }

  /** Whatever the size, what cannot be had is out of memory, as the documentation says. */
  @Test
  void absurdSizesAreOutOfMemory() {
    for (long frames : new long[] {Long.MAX_VALUE, Long.MAX_VALUE / 8, 1L << 60, 1L << 57}) {
      assertThrows(
          OutOfMemoryError.class, () -> SignalBuffer.allocate(SampleType.FLOAT64, 1, frames));
    }
    assertThrows(
        OutOfMemoryError.class,
        () -> SignalBuffer.allocate(SampleType.FLOAT32, Integer.MAX_VALUE, 1L << 40));
    requireRefusal("frames is -1", () -> SignalBuffer.allocate(SampleType.FLOAT64, 1, -1));
  }

  /** The bare address goes to native code: memory of another life would crash the JVM. */
  @Test
  void memoryThatTheArenaDoesNotHoldIsRefused() {
    PlanarLayout layout = PlanarLayout.aligned(SampleType.FLOAT32, 2, 100);
    try (Arena other = Arena.ofShared()) {
      List<BiFunction<Arena, Long, MemorySegment>> wrong =
          List.of(
              (arena, bytes) -> MemorySegment.ofArray(new byte[bytes.intValue()]),
              (arena, bytes) -> other.allocate(bytes),
              (arena, bytes) -> arena.allocate(bytes - 1),
              (arena, bytes) -> arena.allocate(bytes).asReadOnly());
      for (BiFunction<Arena, Long, MemorySegment> memory : wrong) {
        Exception e =
            assertThrows(IllegalStateException.class, () -> SignalBuffer.allocate(layout, memory));
        assertTrue(e.getMessage().contains("expected at least 1024 bytes"), e.getMessage());
      }
    }
    try (SignalBuffer buffer =
        SignalBuffer.allocate(layout, (arena, bytes) -> arena.allocate(bytes + 64).asSlice(64))) {
      buffer.set(1, 99, 0.5);
      assertEquals(0.5, buffer.get(1, 99));
    }
  }

  @Test
  void useAfterCloseThrows() {
    SignalBuffer buffer = SignalBuffer.allocate(SampleType.FLOAT64, 1, 4);
    SignalBuffer slice = buffer.slice(0, 2);
    buffer.close();
    buffer.close();
    assertFalse(buffer.isAlive());
    assertThrows(IllegalStateException.class, () -> buffer.get(0, 0));
    assertThrows(IllegalStateException.class, () -> slice.set(0, 0, 1));
  }

  @Test
  @SuppressWarnings("restricted") // addresses only: nothing is read there
  void lengthsBeyondTwoToThe31AreCounted() {
    long frames = 5_000_000_000L;
    PlanarLayout layout = PlanarLayout.aligned(SampleType.FLOAT64, 2, frames);
    assertTrue(layout.byteSize() > 2 * 8 * frames - 1);
    MemorySegment imagined = MemorySegment.ofAddress(4096).reinterpret(layout.byteSize());
    SignalBuffer buffer = SignalBuffer.wrap(imagined, layout);
    assertEquals(
        4096 + layout.strideBytes() + 8 * (frames - 3),
        buffer.slice(frames - 3, 3).plane(1).address());
    requireRefusal("do not fit one array", () -> buffer.toDoubles(0));
  }

  @Test
  void halfPrecisionIsRefusedWithTheReason() {
    for (String name : new String[] {"f16", "float16", "BF16", "bfloat16"}) {
      requireRefusal("use float32 or float64", () -> SampleType.parse(name));
      requireRefusal("cannot hold the state", () -> SampleType.parse(name));
    }
    requireRefusal("unknown sample type 's24'", () -> SampleType.parse("s24"));
    assertEquals(SampleType.FLOAT64, SampleType.parse("Float64"));
  }

  @Test
  void formatsCheckTheirRanges() {
    requireRefusal("sample rate is -1.0", () -> new StreamFormat(-1, 1, SampleType.FLOAT32));
    requireRefusal("sample rate is NaN", () -> new StreamFormat(Double.NaN, 1, SampleType.FLOAT32));
    requireRefusal("channels is 0", () -> new StreamFormat(1, 0, SampleType.FLOAT32));
    StreamFormat spectrum = new StreamFormat(8000, 3, SampleType.FLOAT32).withFftBlock(45);
    assertEquals(6, spectrum.planes());
    assertEquals(23, spectrum.bins());
  }

  private static void requireRefusal(
      String message, org.junit.jupiter.api.function.Executable call) {
    var e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  /** Where a slice lies is said once: by its segment, or by its start in a device's memory. */
  @Test
  void slicesOfSlicesBeginWhereTheySay() {
    try (SignalBuffer whole = SignalBuffer.allocate(SampleType.FLOAT32, 2, 1_000)) {
      SignalBuffer part = whole.slice(64, 500).slice(32, 100);
      assertEquals(0, part.start());
      assertEquals(4 * 96, part.segment().address() - whole.segment().address());
      assertFalse(part.isOnDevice());
    }
  }
}
