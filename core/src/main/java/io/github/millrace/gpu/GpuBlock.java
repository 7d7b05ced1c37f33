package io.github.millrace.gpu;

import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;

/**
 * A movable view of planes in a device's memory: the block type of devices with kernels of their
 * own. Moving it allocates nothing.
 */
public final class GpuBlock {

  private final SampleType type;
  private final int planes;
  private final DeviceMemory own;
  private DeviceMemory memory;
  private boolean ownsMemory;
  private long at;
  private long stride;
  private SignalBuffer host;
  private long hostAt;

  /** A view of memory of its own. */
  GpuBlock(SampleType type, int planes, DeviceMemory own) {
    this.type = type;
    this.planes = planes;
    this.own = own;
  }

  /** Views this block's own memory, its planes this many samples apart. */
  void useOwnMemory(long samples) {
    memory = own;
    ownsMemory = true;
    at = 0;
    stride = samples;
  }

  /** Views memory that holds a buffer of the caller, from this frame of it on. */
  void move(DeviceMemory wrapped, SignalBuffer buffer, long frame) {
    memory = wrapped;
    ownsMemory = false;
    at = buffer.start() / type.bytes() + frame;
    stride = buffer.layout().strideBytes() / type.bytes();
  }

  /** Views what another block views, from this frame of it on. */
  void move(GpuBlock other, long frame) {
    memory = other.memory;
    ownsMemory = false;
    at = other.at + frame;
    stride = other.stride;
  }

  /** Remembers whose memory this block stands for. */
  void bind(SignalBuffer buffer, long frame) {
    host = buffer;
    hostAt = frame;
  }

  /** The buffer that this block was bound to. */
  public SignalBuffer host() {
    return host;
  }

  /** The frame of it that frame 0 of this block is. */
  public long hostAt() {
    return hostAt;
  }

  /** The block's own memory. */
  public DeviceMemory ownMemory() {
    return own;
  }

  /** Whether the samples lie in the block's own memory. */
  boolean usesOwnMemory() {
    return ownsMemory;
  }

  /** Sample type in memory. */
  public SampleType type() {
    return type;
  }

  /** Number of planes. */
  public int planes() {
    return planes;
  }

  /** The memory that holds all planes. */
  public DeviceMemory memory() {
    return memory;
  }

  /** Samples from the start of the memory to frame 0 of plane 0. */
  long at() {
    return at;
  }

  /** Samples from a frame of a plane to the same frame of the next. */
  public long stride() {
    return stride;
  }

  /** Gives memory, first sample and stride as the next three arguments. */
  DeviceFunction pass(DeviceFunction function) {
    return pass(function, 0);
  }

  /** Gives memory, the sample of this frame and stride as the next three arguments. */
  DeviceFunction pass(DeviceFunction function, long frame) {
    return function.memory(memory).number(at + frame).number(stride);
  }
}
