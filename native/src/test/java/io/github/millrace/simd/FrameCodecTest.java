package io.github.millrace.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.millrace.io.Encoding;
import io.github.millrace.io.Scale;
import io.github.millrace.io.pcm.FrameDecoder;
import io.github.millrace.io.pcm.FrameEncoder;
import io.github.millrace.io.pcm.ReferenceCodec;
import io.github.millrace.io.pcm.StoredFrames;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversion in C gives the bits, the counts and the peaks of that in Java, in every variant. */
class FrameCodecTest {

  private static final int[] CHANNELS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 64};
  private static final int[] LENGTHS = {0, 1, 15, 17, 333};

  /** What rounding, clipping and types may get wrong, in parts of full scale. */
  private static final double[] SPECIAL = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    -0.0,
    Double.MIN_VALUE,
    Float.MIN_VALUE,
    1,
    -1,
    1 - 0x1p-24,
    1 - 0x1p-8,
    -1 - 0x1p-16,
    0x1p-9,
    3 * 0x1p-9,
    0x1.8p-16,
    0x1.8p-24,
    1e30,
    -1e300,
    127.5,
    255.5,
    32_767.5,
    65_535.4,
    8_388_607.5,
    4_294_967_295.5,
    0x1p63,
    0x1p64
  };

  private final Random random = new Random(5);

  private static FrameFunctions functions(String variant) {
    NativeLibrary library = NativeLibrary.get();
    assumeTrue(
        library.variants().contains(variant),
        () -> "this processor runs " + library.variants() + " only");
    return new FrameFunctions(library, variant);
  }

  private interface Case {
    void check(StoredFrames stored, int frames, SampleType type);
  }

  private static void each(Encoding encoding, Case check) {
    for (Scale scale : Scale.values()) {
      for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
        for (int channels : CHANNELS) {
          for (int frames : LENGTHS) {
            for (SampleType type : SampleType.values()) {
              check.check(new StoredFrames(encoding, scale, order, channels), frames, type);
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Encoding.class)
  void decodesLikeJava(Encoding encoding) {
    for (String variant : NativeLibrary.get().variants()) {
      FrameFunctions functions = functions(variant);
      each(encoding, (stored, frames, type) -> decode(functions, stored, frames, type));
    }
  }

  private void decode(FrameFunctions functions, StoredFrames stored, int frames, SampleType type) {
    FrameDecoder java = ReferenceCodec.decoder(stored);
    FrameDecoder fast = new NativeFrameCodec(() -> functions, stored, false);
    int offset = random.nextInt(9);
    byte[] bytes = new byte[frames * stored.frameBytes() + offset];
    random.nextBytes(bytes);
    try (Arena arena = Arena.ofShared();
        SignalBuffer expected = SignalBuffer.allocate(type, stored.channels(), frames + 3);
        SignalBuffer actual = SignalBuffer.allocate(type, stored.channels(), frames + 3)) {
      MemorySegment memory = arena.allocate(bytes.length);
      MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
      java.decode(memory, offset, expected, 2, frames);
      fast.decode(memory, offset, actual, 2, frames);
      assertSame(expected, actual, stored);
      assertEquals(java.takeNonFinite(), fast.takeNonFinite(), stored.toString());
      assertEquals(false, fast.takeNonFinite());
    }
  }

  /** One channel in an array, and stored frames in another, longer than one call takes. */
  @ParameterizedTest
  @EnumSource(Encoding.class)
  void arraysEqualNativeMemory(Encoding encoding) {
    int frames = 40_001;
    StoredFrames stored = new StoredFrames(encoding, Scale.FULL, ByteOrder.LITTLE_ENDIAN, 1);
    float[] x = new float[frames];
    for (int i = 0; i < frames; i++) {
      x[i] = random.nextFloat(-1.1f, 1.1f);
    }
    for (String variant : NativeLibrary.get().variants()) {
      try (Arena arena = Arena.ofShared();
          SignalBuffer apart = SignalBuffer.ofPlanar(x)) {
        FrameEncoder ofBuffer = new NativeFrameCodec(() -> functions(variant), stored, true);
        FrameEncoder ofArray = new NativeFrameCodec(() -> functions(variant), stored, true);
        long bytes = (long) frames * stored.frameBytes();
        MemorySegment memory = arena.allocate(bytes);
        MemorySegment heap = MemorySegment.ofArray(new byte[(int) bytes]);
        ofBuffer.encode(apart, 0, frames, memory, 0);
        ofArray.encode(SignalBuffer.wrap(x), 0, frames, heap, 0);
        assertEquals(-1, memory.mismatch(heap), encoding.toString());
        assertEquals(ofBuffer.peak(), ofArray.peak());
        assertEquals(ofBuffer.clipped(), ofArray.clipped());
        float[] back = new float[frames];
        new NativeFrameCodec(() -> functions(variant), stored, false)
            .decode(heap, 0, SignalBuffer.wrap(back), 0, frames);
        ReferenceCodec.decoder(stored).decode(memory, 0, apart, 0, frames);
        assertArrayEquals(apart.toFloats(0), back, encoding.toString());
      }
    }
  }

  private static void assertSame(SignalBuffer expected, SignalBuffer actual, StoredFrames stored) {
    for (int c = 0; c < expected.planes(); c++) {
      assertEquals(
          -1, expected.plane(c).mismatch(actual.plane(c)), () -> stored + " " + expected.type());
    }
  }

  @ParameterizedTest
  @EnumSource(Encoding.class)
  void encodesLikeJava(Encoding encoding) {
    for (String variant : NativeLibrary.get().variants()) {
      FrameFunctions functions = functions(variant);
      each(
          encoding,
          (stored, frames, type) -> {
            encode(functions, stored, frames, type, false, false);
            encode(functions, stored, frames, type, true, false);
            encode(functions, stored, frames, type, false, true);
            encode(functions, stored, frames, type, true, true);
          });
    }
  }

  private void encode(
      FrameFunctions functions,
      StoredFrames stored,
      int frames,
      SampleType type,
      boolean dither,
      boolean special) {
    FrameEncoder java = ReferenceCodec.encoder(stored, dither);
    FrameEncoder fast = new NativeFrameCodec(() -> functions, stored, dither);
    int offset = random.nextInt(9);
    long size = (long) frames * stored.frameBytes() + offset + 5;
    try (Arena arena = Arena.ofShared();
        SignalBuffer samples = samples(stored, frames, type, special)) {
      MemorySegment expected = arena.allocate(size);
      MemorySegment actual = arena.allocate(size);
      java.moveTo(1_000_003);
      fast.moveTo(1_000_003);
      // In two calls: the dither goes on where it was.
      int first = frames / 3;
      long rest = offset + (long) first * stored.frameBytes();
      java.encode(samples, 2, first, expected, offset);
      java.encode(samples, 2 + first, frames - first, expected, rest);
      fast.encode(samples, 2, first, actual, offset);
      fast.encode(samples, 2 + first, frames - first, actual, rest);
      String what = stored + " " + type + (dither ? " dither" : "") + (special ? " special" : "");
      assertEquals(-1, expected.mismatch(actual), what);
      assertEquals(java.clipped(), fast.clipped(), what);
      assertEquals(java.undefined(), fast.undefined(), what);
      assertEquals(java.peak(), fast.peak(), what);
    }
  }

  private SignalBuffer samples(StoredFrames stored, int frames, SampleType type, boolean special) {
    SignalBuffer samples = SignalBuffer.allocate(type, stored.channels(), frames + 3);
    double scale = stored.scale() == Scale.FULL ? 1 : 1L << (8 * stored.encoding().bytes() - 1);
    for (int c = 0; c < stored.channels(); c++) {
      for (int i = 0; i < frames; i++) {
        boolean odd = special && random.nextInt(5) == 0;
        double value = odd ? SPECIAL[random.nextInt(SPECIAL.length)] : random.nextDouble() - 0.5;
        samples.set(c, 2 + i, odd && random.nextBoolean() ? value : value * scale);
      }
    }
    return samples;
  }

  /** Frames of more samples than a tile holds, and many more of few. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 2_047, 2_048, 2_049, 5_000})
  void tilesOfAnyShape(int channels) {
    FrameFunctions functions = functions(NativeLibrary.get().variants().getFirst());
    for (Encoding encoding : new Encoding[] {Encoding.S24, Encoding.F32, Encoding.S64}) {
      StoredFrames stored = new StoredFrames(encoding, Scale.FULL, ByteOrder.BIG_ENDIAN, channels);
      int frames = channels < 9 ? 10_001 : 3;
      decode(functions, stored, frames, SampleType.FLOAT32);
      encode(functions, stored, frames, SampleType.FLOAT64, true, false);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void metersWhatIsStoredAsIs(boolean finite) {
    StoredFrames stored = new StoredFrames(Encoding.F32, Scale.FULL, ByteOrder.LITTLE_ENDIAN, 1);
    FrameFunctions functions = functions(NativeLibrary.get().variants().getFirst());
    NativeFrameCodec codec = new NativeFrameCodec(() -> functions, stored, false);
    try (SignalBuffer samples = SignalBuffer.allocate(SampleType.FLOAT32, 1, 10)) {
      samples.set(0, 1, 9);
      samples.set(0, 7, finite ? -0.75 : Double.NEGATIVE_INFINITY);
      codec.check(samples, 2, 8);
      assertEquals(finite ? 0.75 : Double.POSITIVE_INFINITY, codec.peak());
      assertEquals(!finite, codec.takeNonFinite());
    }
  }

  /** Native code would go beyond what is not checked. */
  @ParameterizedTest
  @ValueSource(ints = {-1, 1})
  void whatDoesNotFitIsRefused(int more) {
    StoredFrames stored = new StoredFrames(Encoding.S16, Scale.FULL, ByteOrder.LITTLE_ENDIAN, 2);
    FrameFunctions functions = functions(NativeLibrary.get().variants().getFirst());
    NativeFrameCodec codec = new NativeFrameCodec(() -> functions, stored, false);
    SignalBuffer closed = SignalBuffer.allocate(SampleType.FLOAT32, 2, 10);
    Arena arena = Arena.ofShared();
    try (SignalBuffer samples = SignalBuffer.allocate(SampleType.FLOAT32, 2, 10);
        SignalBuffer mono = SignalBuffer.allocate(SampleType.FLOAT32, 1, 10)) {
      MemorySegment memory = arena.allocate(40);
      assertThrows(
          IndexOutOfBoundsException.class, () -> codec.decode(memory, more, samples, 0, 10));
      assertThrows(
          IndexOutOfBoundsException.class, () -> codec.decode(memory, 0, samples, more, 10));
      assertThrows(
          IndexOutOfBoundsException.class, () -> codec.encode(samples, more, 10, memory, 0));
      assertThrows(IllegalArgumentException.class, () -> codec.decode(memory, 0, mono, 0, 5));
      assertThrows(
          IllegalArgumentException.class,
          () -> codec.encode(samples, 0, 10, memory.asReadOnly(), 0));
      closed.close();
      assertThrows(IllegalStateException.class, () -> codec.decode(memory, 0, closed, 0, 10));
      arena.close();
      assertThrows(IllegalStateException.class, () -> codec.encode(samples, 0, 10, memory, 0));
    }
  }
}
