package io.github.millrace.io.pcm;

import io.github.millrace.io.Encoding;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The reference, over heap arrays. */
final class JavaFrameEncoder implements FrameEncoder {

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;

  private final StoredFrames stored;
  private final Encoding encoding;
  private final ValueLayout.OfFloat storedFloat;
  private final PeakMeter meter = new PeakMeter();
  private final int channels;
  private final int blockFrames;
  private final SampleEncoder encoder;
  private final Dither dither;
  private final double[] doubles;
  private final double[] doublePlane;
  private final float[] floats;
  private final float[] floatPlane;

  /** An encoder for these frames; integers may get triangular dither, floats never. */
  JavaFrameEncoder(StoredFrames stored, boolean wantsDither) {
    this.stored = stored;
    encoding = stored.encoding();
    channels = stored.channels();
    blockFrames = BlockSize.frames(channels);
    storedFloat = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(stored.order());
    encoder = new SampleEncoder(stored, blockFrames * channels);
    dither = wantsDither && encoding.isInteger() ? new Dither(encoder.step()) : null;
    doubles = new double[blockFrames * channels];
    floats = new float[encoding == Encoding.F32 ? blockFrames * channels : 0];
    doublePlane = new double[blockFrames];
    floatPlane = new float[blockFrames];
  }

  @Override
  public long clipped() {
    return encoder.clipped();
  }

  @Override
  public long undefined() {
    return encoder.undefined();
  }

  @Override
  public double peak() {
    return meter.peak();
  }

  @Override
  public void moveTo(long frame) {
    if (dither != null) {
      dither.moveTo(frame * channels);
    }
  }

  @Override
  public void meter(SignalBuffer from, long at, long frames) {
    stored.checkPlanes(from, at, frames);
    meter.add(from, at, frames);
  }

  @Override
  public void encode(SignalBuffer from, long at, long frames, MemorySegment to, long offset) {
    stored.check(to, offset, from, at, frames);
    meter.add(from, at, frames);
    encodeAll(from, at, to.asSlice(offset), frames);
  }

  private void encodeAll(SignalBuffer from, long at, MemorySegment to, long frames) {
    long frameBytes = stored.frameBytes();
    for (long done = 0; done < frames; done += blockFrames) {
      int n = (int) Math.min(blockFrames, frames - done);
      if (from.type() == SampleType.FLOAT64) {
        fromDoublePlanes(from, at + done, n);
      } else if (encoding == Encoding.F32) {
        fromFloatPlanes(from, at + done, n);
        MemorySegment.copy(floats, 0, to, storedFloat, done * frameBytes, n * channels);
        continue;
      } else {
        widenFloatPlanes(from, at + done, n);
      }
      if (dither != null) {
        dither.add(doubles, n * channels);
      }
      encoder.encode(doubles, n * channels, to, done * frameBytes);
    }
  }

  private void fromDoublePlanes(SignalBuffer from, long at, int frames) {
    for (int c = 0; c < channels; c++) {
      double[] plane = channels == 1 ? doubles : doublePlane;
      MemorySegment.copy(from.segment(), DOUBLE, offset(from, c, at), plane, 0, frames);
      if (channels > 1) {
        spread(doublePlane, doubles, c, frames);
      }
    }
  }

  private void fromFloatPlanes(SignalBuffer from, long at, int frames) {
    for (int c = 0; c < channels; c++) {
      MemorySegment.copy(from.segment(), FLOAT, offset(from, c, at), floatPlane, 0, frames);
      spread(floatPlane, floats, c, frames);
    }
  }

  private void widenFloatPlanes(SignalBuffer from, long at, int frames) {
    for (int c = 0; c < channels; c++) {
      MemorySegment.copy(from.segment(), FLOAT, offset(from, c, at), floatPlane, 0, frames);
      if (channels == 1) {
        widen(floatPlane, doubles, frames);
      } else {
        spreadWiden(floatPlane, doubles, c, frames);
      }
    }
  }

  private static long offset(SignalBuffer buffer, int plane, long frame) {
    return plane * buffer.layout().strideBytes() + frame * buffer.type().bytes();
  }

  private void spread(double[] from, double[] to, int first, int count) {
    int step = channels;
    for (int i = 0, j = first; i < count; i++, j += step) {
      to[j] = from[i];
    }
  }

  private void spread(float[] from, float[] to, int first, int count) {
    int step = channels;
    for (int i = 0, j = first; i < count; i++, j += step) {
      to[j] = from[i];
    }
  }

  private void spreadWiden(float[] from, double[] to, int first, int count) {
    int step = channels;
    for (int i = 0, j = first; i < count; i++, j += step) {
      to[j] = from[i];
    }
  }

  private static void widen(float[] from, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = from[i];
    }
  }
}
