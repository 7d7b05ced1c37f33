package io.github.millrace.signal;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Takes interleaved memory apart and puts it together, in chunks on the heap: whole runs are copied
 * at either end, which is quick for every kind of memory and byte order.
 */
final class Interleaving {

  private static final int CHUNK = 4_096;

  private final SampleType type;
  private final ValueLayout.OfFloat floats;
  private final ValueLayout.OfDouble doubles;
  private double[] mixed = new double[0];
  private double[] plane = new double[0];
  private float[] narrow = new float[0];

  /** For interleaved samples of this type in this byte order. */
  Interleaving(SampleType type, ByteOrder order) {
    this.type = type;
    floats = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order);
    doubles = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order);
  }

  void read(MemorySegment from, SignalBuffer to) {
    int planes = to.planes();
    int chunk = chunk(to);
    for (long at = 0; at < to.frames(); at += chunk) {
      int frames = (int) Math.min(chunk, to.frames() - at);
      load(from, at * planes, mixed, frames * planes);
      for (int p = 0; p < planes; p++) {
        for (int i = 0; i < frames; i++) {
          plane[i] = mixed[i * planes + p];
        }
        SignalCopy.fromArray(plane, 0, to.slice(at, frames), p);
      }
    }
  }

  void write(SignalBuffer from, MemorySegment to) {
    int planes = from.planes();
    int chunk = chunk(from);
    for (long at = 0; at < from.frames(); at += chunk) {
      int frames = (int) Math.min(chunk, from.frames() - at);
      for (int p = 0; p < planes; p++) {
        SignalCopy.toArray(from.slice(at, frames), p, plane, 0);
        for (int i = 0; i < frames; i++) {
          mixed[i * planes + p] = plane[i];
        }
      }
      store(mixed, to, at * planes, frames * planes);
    }
  }

  /** Makes the scratch, and says how many frames it takes. */
  private int chunk(SignalBuffer buffer) {
    int frames = Math.clamp(buffer.frames(), 1, Math.max(1, CHUNK / buffer.planes()));
    mixed = new double[frames * buffer.planes()];
    plane = new double[frames];
    narrow = new float[type == SampleType.FLOAT32 ? mixed.length : 0];
    return frames;
  }

  private void load(MemorySegment from, long at, double[] to, int count) {
    if (type == SampleType.FLOAT64) {
      MemorySegment.copy(from, doubles, at * Double.BYTES, to, 0, count);
      return;
    }
    MemorySegment.copy(from, floats, at * Float.BYTES, narrow, 0, count);
    for (int i = 0; i < count; i++) {
      to[i] = narrow[i];
    }
  }

  private void store(double[] from, MemorySegment to, long at, int count) {
    if (type == SampleType.FLOAT64) {
      MemorySegment.copy(from, 0, to, doubles, at * Double.BYTES, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      narrow[i] = (float) from[i];
    }
    MemorySegment.copy(narrow, 0, to, floats, at * Float.BYTES, count);
  }
}
