package io.github.millrace.engine;

import io.github.millrace.backend.Device;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;

/** Refuses buffers that a plan cannot read or write, before anything is touched. */
final class BufferChecks {

  private BufferChecks() {}

  static void input(SignalBuffer in, StreamFormat format, Device<?> device) {
    fits(in, format, "input", "the plan reads ");
    reaches(device, in, "input");
  }

  static void output(SignalBuffer out, StreamFormat format, Device<?> device, long frames) {
    fits(out, format, "output", "the plan writes ");
    reaches(device, out, "output");
    if (out.frames() < frames) {
      throw new IllegalArgumentException(
          "output has room for " + out.frames() + " frames, up to " + frames + " may be written");
    }
    if (!out.isOnDevice() && out.segment().isReadOnly()) {
      throw new IllegalArgumentException("output is read-only memory, expected one to write to");
    }
  }

  private static void fits(SignalBuffer buffer, StreamFormat format, String what, String plan) {
    if (buffer.planes() != format.planes()) {
      String planes = format.isSpectrum() ? " planes, " : " channels, ";
      throw new IllegalArgumentException(
          what + " has " + buffer.planes() + planes + plan + format.planes());
    }
    if (buffer.type() != format.type()) {
      throw new IllegalArgumentException(
          what + " is " + buffer.type().shortName() + ", " + plan + format.type().shortName());
    }
  }

  private static void reaches(Device<?> device, SignalBuffer buffer, String what) {
    if (!device.reaches(buffer)) {
      throw new IllegalArgumentException(
          what
              + " lies in the memory of "
              + buffer.device().device()
              + ", expected that of the plan's device, "
              + device.info().name()
              + ", or the host's");
    }
  }

  /** Both may be the same memory where the chain keeps the length; else nothing may be shared. */
  static void overlap(SignalBuffer in, SignalBuffer out, boolean keepsLength) {
    if (in.frames() == 0 || out.frames() == 0 || !meet(in, out)) {
      return;
    }
    boolean same =
        address(in) == address(out) && in.layout().strideBytes() == out.layout().strideBytes();
    if (!keepsLength) {
      throw new IllegalArgumentException(
          "input and output overlap, but this chain does not write what it reads in place");
    }
    if (!same) {
      throw new IllegalArgumentException(
          "input and output overlap in part; expected the same memory or none in common");
    }
  }

  /** Whether two buffers have a byte in common; planes of one stride may interleave. */
  private static boolean meet(SignalBuffer in, SignalBuffer out) {
    if (in.isOnDevice() || out.isOnDevice()) {
      return in.isOnDevice() && in.device().equals(out.device()) && rangesMeet(in, out);
    }
    if ((in.isOnHeap() || out.isOnHeap())
        && in.segment().asOverlappingSlice(out.segment()).isEmpty()) {
      return false;
    }
    return rangesMeet(in, out);
  }

  private static long address(SignalBuffer buffer) {
    return buffer.isOnDevice() ? buffer.start() : buffer.segment().address();
  }

  private static boolean rangesMeet(SignalBuffer in, SignalBuffer out) {
    long distance = address(out) - address(in);
    long stride = in.layout().strideBytes();
    if (stride != out.layout().strideBytes()) {
      return distance < in.layout().byteSize() && -distance < out.layout().byteSize();
    }
    long inBytes = in.frames() * in.type().bytes();
    long outBytes = out.frames() * out.type().bytes();
    long nearest = Math.floorDiv(distance, stride);
    for (long k = nearest; k <= nearest + 1; k++) {
      long gap = distance - k * stride;
      boolean planesMeet = k > -out.planes() && k < in.planes();
      if (planesMeet && gap < inBytes && -gap < outBytes) {
        return true;
      }
    }
    return false;
  }
}
