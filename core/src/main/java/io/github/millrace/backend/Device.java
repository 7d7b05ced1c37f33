package io.github.millrace.backend;

import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.signal.PlanarLayout;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;

/**
 * All that a backend supplies to run a chain: blocks, the way of samples in and out, and kernels.
 *
 * <p>Used by one plan, one thread at a time.
 *
 * @param <B> the device's block type
 */
public interface Device<B> extends AutoCloseable {

  /** What this device is. */
  DeviceDescription info();

  /** Scratch for a stream of this format, made at prepare. */
  B allocate(StreamFormat format, long frames);

  /**
   * The block through which the caller's memory is reached, of at most this many frames: staging on
   * a device with its own memory, an empty view on one that shares the host's.
   */
  B hostBlock(StreamFormat format, long frames);

  /**
   * Makes {@code view}, a {@link #hostBlock}, what {@code block} is from frame {@code from} on,
   * until either is moved.
   */
  void view(B block, long from, B view);

  /** Memory of the host that samples leave and reach quickest; the caller closes it. */
  default SignalBuffer buffer(StreamFormat format, long frames) {
    return SignalBuffer.allocate(format, frames);
  }

  /**
   * A buffer where kernels read and write it without a copy, its samples unknown; the caller closes
   * it.
   */
  default SignalBuffer resident(StreamFormat format, long frames) {
    return buffer(format, frames);
  }

  /**
   * A buffer on memory of this device that another library owns.
   *
   * @throws IllegalArgumentException if there is no such memory, or too little
   */
  default SignalBuffer foreign(long handle, PlanarLayout layout) {
    throw new IllegalArgumentException(
        info().name() + " works in the host's memory: SignalBuffer.wrap takes that");
  }

  /** The driver's handle of the context in which kernels run; 0 where there is none. */
  default long context() {
    return 0;
  }

  /** Whether {@link #upload} and {@link #bind} take a buffer. */
  default boolean reaches(SignalBuffer buffer) {
    return !buffer.isOnDevice();
  }

  /**
   * Makes {@code frames} frames of {@code host}, from {@code from} on, readable in {@code block}.
   */
  void upload(SignalBuffer host, long from, B block, long frames);

  /** Says that what is written to {@code block} belongs at frame {@code at} of {@code host}. */
  void bind(SignalBuffer host, long at, B block);

  /**
   * Brings {@code frames} frames of {@code block}, which the kernels have finished, to where {@link
   * #bind} said.
   */
  void download(B block, long frames);

  /** Waits until the kernels have done all they were told. */
  default void finish() {}

  /** After a failure: forgets what was recorded or told and not done, where that can be. */
  default void abandon() {}

  /**
   * Whether the device has memory of its own, so that it pays to move one block while kernels work
   * on another. Where it is true, {@link #upload}, the kernels with {@link #finish}, and {@link
   * #download} may be called by three threads at a time, on different windows.
   */
  default boolean transfers() {
    return false;
  }

  /**
   * A kernel in its reset state.
   *
   * @throws BackendException if this device cannot run the step; the message says why
   */
  Kernel<B> kernel(Step step);

  /**
   * The most input frames to walk through the chain at a time, so that intermediate blocks stay
   * near the cores or fit the device; {@code Long.MAX_VALUE} where there is nothing to gain.
   *
   * @param kernels number of kernels in the chain
   * @param bytesPerFrame the most that one input frame takes in any block
   */
  long chunkFrames(int kernels, long bytesPerFrame);

  /** One line about how this device works now, such as {@code 2 threads}. */
  String describe();

  /** Frees what the device holds; closing twice is harmless. */
  @Override
  void close();
}
