package io.github.millrace.io.pcm;

import io.github.millrace.io.Encoding;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The reference, over heap arrays. */
final class JavaFrameDecoder implements FrameDecoder {

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;

  private final StoredFrames stored;
  private final int channels;
  private final int blockFrames;
  private final PeakMeter meter = new PeakMeter();
  private final ValueLayout.OfFloat storedFloat;
  private final SampleDecoder decoder;
  private final double[] doubles;
  private final double[] doublePlane;
  private final float[] floats;
  private final float[] floatPlane;

  /** A decoder of samples stored like this. */
  JavaFrameDecoder(StoredFrames stored) {
    this.stored = stored;
    Encoding encoding = stored.encoding();
    ByteOrder order = stored.order();
    channels = stored.channels();
    blockFrames = BlockSize.frames(channels);
    storedFloat = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order);
    decoder = new SampleDecoder(encoding, stored.scale(), order, blockFrames * channels);
    doubles = new double[blockFrames * channels];
    floats = new float[encoding == Encoding.F32 ? blockFrames * channels : 0];
    doublePlane = new double[blockFrames];
    floatPlane = new float[blockFrames];
  }

  @Override
  public void decode(MemorySegment from, long offset, SignalBuffer into, long at, long frames) {
    stored.check(from, offset, into, at, frames);
    decodeAll(from.asSlice(offset), into, at, frames);
    check(into, at, frames);
  }

  @Override
  public void check(SignalBuffer samples, long at, long frames) {
    stored.checkPlanes(samples, at, frames);
    if (!stored.encoding().isInteger()) {
      meter.add(samples, at, frames);
    }
  }

  @Override
  public boolean takeNonFinite() {
    boolean found = !Double.isFinite(meter.peak());
    meter.clear();
    return found;
  }

  private void decodeAll(MemorySegment from, SignalBuffer into, long at, long frames) {
    boolean sameType = stored.isOf(into.type());
    if (stored.equalsPlane(into)) {
      int width = stored.encoding().bytes();
      MemorySegment.copy(from, 0, into.segment(), at * width, frames * width);
      return;
    }
    long frameBytes = stored.frameBytes();
    for (long done = 0; done < frames; done += blockFrames) {
      int n = (int) Math.min(blockFrames, frames - done);
      if (into.type() == SampleType.FLOAT64) {
        decoder.decode(from, done * frameBytes, doubles, n * channels);
        toDoublePlanes(into, at + done, n);
      } else if (sameType) {
        MemorySegment.copy(from, storedFloat, done * frameBytes, floats, 0, n * channels);
        toFloatPlanes(into, at + done, n);
      } else {
        decoder.decode(from, done * frameBytes, doubles, n * channels);
        narrowToFloatPlanes(into, at + done, n);
      }
    }
  }

  private void toDoublePlanes(SignalBuffer into, long at, int frames) {
    for (int c = 0; c < channels; c++) {
      double[] plane = doubles;
      if (channels > 1) {
        pick(doubles, c, doublePlane, frames);
        plane = doublePlane;
      }
      MemorySegment.copy(plane, 0, into.segment(), DOUBLE, offset(into, c, at), frames);
    }
  }

  private void toFloatPlanes(SignalBuffer into, long at, int frames) {
    for (int c = 0; c < channels; c++) {
      pick(floats, c, floatPlane, frames);
      MemorySegment.copy(floatPlane, 0, into.segment(), FLOAT, offset(into, c, at), frames);
    }
  }

  private void narrowToFloatPlanes(SignalBuffer into, long at, int frames) {
    for (int c = 0; c < channels; c++) {
      if (channels == 1) {
        narrow(doubles, floatPlane, frames);
      } else {
        pickNarrow(doubles, c, floatPlane, frames);
      }
      MemorySegment.copy(floatPlane, 0, into.segment(), FLOAT, offset(into, c, at), frames);
    }
  }

  private static long offset(SignalBuffer buffer, int plane, long frame) {
    return plane * buffer.layout().strideBytes() + frame * buffer.type().bytes();
  }

  private void pick(double[] from, int first, double[] to, int count) {
    int step = channels;
    for (int i = 0, j = first; i < count; i++, j += step) {
      to[i] = from[j];
    }
  }

  private void pick(float[] from, int first, float[] to, int count) {
    int step = channels;
    for (int i = 0, j = first; i < count; i++, j += step) {
      to[i] = from[j];
    }
  }

  private void pickNarrow(double[] from, int first, float[] to, int count) {
    int step = channels;
    for (int i = 0, j = first; i < count; i++, j += step) {
      to[i] = (float) from[j];
    }
  }

  private static void narrow(double[] from, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = (float) from[i];
    }
  }
}
