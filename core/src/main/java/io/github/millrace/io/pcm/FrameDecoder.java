package io.github.millrace.io.pcm;

import io.github.millrace.io.Encoding;
import io.github.millrace.io.Scale;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Decodes interleaved frames into the planes of a buffer; one thread at a time. */
public final class FrameDecoder {

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;

  private final Encoding encoding;
  private final int channels;
  private final int blockFrames;
  private final boolean nativeOrder;
  private final ValueLayout.OfFloat storedFloat;
  private final SampleDecoder decoder;
  private final double[] doubles;
  private final double[] doublePlane;
  private final float[] floats;
  private final float[] floatPlane;

  /** A decoder of samples stored like this. */
  public FrameDecoder(Encoding encoding, Scale scale, ByteOrder order, int channels) {
    this.encoding = encoding;
    this.channels = channels;
    blockFrames = BlockSize.frames(channels);
    nativeOrder = order == ByteOrder.nativeOrder();
    storedFloat = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order);
    decoder = new SampleDecoder(encoding, scale, order, blockFrames * channels);
    doubles = new double[blockFrames * channels];
    floats = new float[encoding == Encoding.F32 ? blockFrames * channels : 0];
    doublePlane = new double[blockFrames];
    floatPlane = new float[blockFrames];
  }

  /** Whether a mono buffer of this type has its samples as they are stored. */
  public boolean storesAsIs(SampleType type) {
    return channels == 1 && nativeOrder && isStored(type);
  }

  private boolean isStored(SampleType type) {
    return encoding == (type == SampleType.FLOAT32 ? Encoding.F32 : Encoding.F64);
  }

  /** Decodes frames from a byte offset of the segment on to frame {@code at}. */
  public void decode(MemorySegment from, long offset, SignalBuffer into, long at, long count) {
    decode(from.asSlice(offset), into, at, (int) count);
  }

  private void decode(MemorySegment from, SignalBuffer into, long at, int frames) {
    boolean sameType = isStored(into.type());
    if (storesAsIs(into.type())) {
      int width = encoding.bytes();
      MemorySegment.copy(from, 0, into.segment(), at * width, (long) frames * width);
      return;
    }
    long frameBytes = (long) channels * encoding.bytes();
    for (int done = 0; done < frames; done += blockFrames) {
      int n = Math.min(blockFrames, frames - done);
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
