package io.github.millrace.plan;

import io.github.millrace.signal.PlanarLayout;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import java.util.List;

/**
 * A pipeline bound to one device and one format, with the state of one stream.
 *
 * <p>Everything is decided and allocated when the plan is made; {@link #forward} allocates nothing,
 * but for the first frame of a steady start.
 *
 * <p>Any thread may call a plan, one at a time: forward, flush, allocate, state, restore, reset and
 * close throw {@link IllegalStateException} while another of them is under way, and name it and its
 * thread. Buffers are held meanwhile: they cannot be closed.
 *
 * <p>After anything thrown in the middle of the work (by a stage of the user's own, say) the stream
 * is broken: the plan then refuses all but {@link #reset}, {@link #restore} and {@link #close}.
 * What is refused before the work begins changes nothing. A plan that is dropped unclosed is closed
 * by the garbage collector, with one warning.
 */
public interface Plan extends AutoCloseable {

  /** The stream it reads. */
  StreamFormat inputFormat();

  /** The stream it writes. */
  StreamFormat outputFormat();

  /** The device it runs on. */
  DeviceDescription device();

  /** Why it runs there and how: threads, threshold, and who chose them. */
  Decision decision();

  /**
   * Why it runs there, such as {@code as asked}, or the reasons against other devices; and which
   * stages compute in float64 although fast arithmetic was allowed.
   */
  default String reason() {
    return decision().reason();
  }

  /**
   * Filters a block and carries the state on. Any split of a stream into blocks, from 0 frames up,
   * gives the same output: to within rounding, or to the last bit where the options ask for {@link
   * Bits#FRAME}. A plan for {@link Bits#GRID} takes whole cells.
   *
   * @param in as many frames as there are, in {@link #inputFormat}
   * @param out room for {@code maxOutputFrames(in.frames())}, in {@link #outputFormat}; may be
   *     {@code in} itself if the chain keeps the length
   * @return frames written
   * @throws IllegalArgumentException if a buffer does not fit, or the two overlap in part
   * @throws IllegalStateException after {@link #flush} or a failure without {@link #reset}, after
   *     close, while another call is under way, if a buffer is closed, or, for {@link Bits#GRID},
   *     after a forward that ended inside a cell
   * @throws BackendException if the device failed; the plan is then closed
   */
  long forward(SignalBuffer in, SignalBuffer out);

  /**
   * Filters a block of one channel from array to array, in place where the device reaches the heap
   * and else in small pieces; as {@link #forward(SignalBuffer, SignalBuffer)} otherwise. Until the
   * next call with others the plan keeps the arrays reachable.
   *
   * @param in the whole of it is read
   * @param out room for {@code maxOutputFrames(in.length)}; may be {@code in} itself if the chain
   *     keeps the length
   * @return samples written
   * @throws IllegalArgumentException if the plan reads or writes other samples than one channel of
   *     float64
   */
  int forward(double[] in, double[] out);

  /** As {@link #forward(double[], double[])}, for a plan that reads and writes float32. */
  int forward(float[] in, float[] out);

  /**
   * A new buffer of zeros for inputs or outputs of this plan, in memory from which samples travel
   * to its device as fast as they can; it may outlive the plan. Any buffer will do; this one spares
   * a copy where the device has memory of its own.
   *
   * @throws OutOfMemoryError if the memory cannot be had
   */
  SignalBuffer allocate(StreamFormat format, long frames);

  /**
   * A new buffer in the memory of this plan's device, its samples unknown: a forward from it moves
   * nothing up, one to it nothing down, and other plans on the same device take it as well. Samples
   * come and go by {@link SignalBuffer#copyFrom}, which other threads may call while this plan is
   * at work on other buffers. It may outlive the plan. Where the device works in the host's memory,
   * as the processor does, this is {@link #allocate}.
   *
   * @throws BackendException if the device has no room for it
   */
  SignalBuffer allocateOnDevice(StreamFormat format, long frames);

  /**
   * A buffer on memory of this plan's device that another library owns, without a copy: for CUDA
   * the address of device memory in the device's primary context, for OpenCL a {@code cl_mem} of
   * the context {@link #deviceContext}. The owner must keep CUDA memory until the buffer is closed;
   * of a {@code cl_mem} the buffer holds a reference. Whoever else writes or reads the memory waits
   * until a forward has returned, and has finished its own work before one begins.
   *
   * @param handle the address or the object
   * @param layout where the samples lie, from the start of the memory on
   * @throws IllegalArgumentException if there is no such memory on this device, or too little; and
   *     where the device works in the host's memory without a driver of its own: there {@link
   *     SignalBuffer#wrap} does it
   */
  SignalBuffer wrapOnDevice(long handle, PlanarLayout layout);

  /**
   * The driver's handle of the context in which this plan's kernels run, a {@code CUcontext} or a
   * {@code cl_context}; 0 where there is none.
   */
  long deviceContext();

  /**
   * Whether samples travel to the device's own memory and back, so that it pays to copy one block
   * while the plan is at work on another.
   */
  boolean transfers();

  /**
   * Ends the stream and writes the rest of it.
   *
   * @param out room for {@link #flushFrames}
   * @return frames written
   */
  long flush(SignalBuffer out);

  /**
   * The most frames of a block that stays in the caches of this plan's device while it is filtered;
   * {@code Long.MAX_VALUE} where it has memory of its own and cuts long blocks itself.
   */
  long cachedFrames();

  /** The most frames that a forward of this many may write. */
  long maxOutputFrames(long frames);

  /** The most frames that {@link #flush} may write. */
  long flushFrames();

  /** The most input frames held back before the output they belong to is written. */
  long latencyFrames();

  /**
   * Whether forward writes exactly what it reads, so that {@code in} and {@code out} may be one.
   */
  boolean keepsLength();

  /**
   * The carried state: float64, one entry per stage the user gave, in that stage's own terms. After
   * {@link #flush} it is that of no stream to go on with.
   *
   * @throws IllegalStateException before the first frame of a plan that starts steady; after a
   *     failure or close, or while another call is under way
   */
  List<StageState> state();

  /**
   * Sets the carried state, as {@link #state} returned it.
   *
   * @throws IllegalArgumentException if the number of entries or a shape differs, or a stage
   *     refuses its part; then nothing changed
   */
  void restore(List<StageState> state);

  /** Returns to silence and to the start of a stream. */
  void reset();

  /** What runs where and how, in a few lines for people. */
  String describe();

  /**
   * Frees everything; closing twice is harmless.
   *
   * @throws IllegalStateException while another call is under way; then nothing changed
   */
  @Override
  void close();
}
