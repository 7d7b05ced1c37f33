package io.github.millrace.opencl;

import io.github.millrace.gpu.Accelerator;
import io.github.millrace.gpu.DeviceFunction;
import io.github.millrace.gpu.DeviceMemory;
import io.github.millrace.gpu.KernelSource;
import io.github.millrace.gpu.Limits;
import io.github.millrace.plan.DeviceDescription;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** A driver with other limits that counts what is asked of it. */
final class CountingAccelerator extends ThroughAccelerator {

  private final UnaryOperator<Limits> limits;
  final List<KernelSource> sources = new ArrayList<>();
  final Set<String> launched;
  int allocations;
  int uploads;
  int downloads;
  int launches;
  int finishes;
  long largest;

  /** What is to be done in the midst of a copy to a place, of one from there, and of a wait. */
  Runnable writing = () -> {};

  Runnable reading = () -> {};
  Runnable finishing = () -> {};
  DeviceDescription info;

  CountingAccelerator(Accelerator inner, UnaryOperator<Limits> limits) {
    this(inner, limits, new TreeSet<>());
  }

  /**
   * A driver that adds to a set of what several launch.
   *
   * @param launched the types SAMPLE, REAL and STATE, and the kernel's name
   */
  CountingAccelerator(Accelerator inner, UnaryOperator<Limits> limits, Set<String> launched) {
    super(inner);
    this.launched = launched;
    this.limits = limits;
    info = inner.info();
  }

  void clear() {
    allocations = 0;
    uploads = 0;
    downloads = 0;
    launches = 0;
    finishes = 0;
  }

  @Override
  public DeviceDescription info() {
    return info;
  }

  @Override
  public Limits limits() {
    return limits.apply(inner.limits());
  }

  @Override
  public DeviceMemory allocate(long bytes) {
    allocations++;
    largest = Math.max(largest, bytes);
    return inner.allocate(bytes);
  }

  @Override
  public DeviceMemory staging(long bytes) {
    allocations++;
    largest = Math.max(largest, bytes);
    return inner.staging(bytes);
  }

  @Override
  public Optional<DeviceMemory> wrap(MemorySegment host, long bytes) {
    boolean fits = bytes <= limits().largestAllocation();
    Optional<DeviceMemory> wrap = fits ? inner.wrap(host, bytes) : Optional.empty();
    allocations += wrap.isPresent() ? 1 : 0;
    return wrap;
  }

  @Override
  public void toDevice(DeviceMemory memory, long bytes) {
    uploads++;
    inner.toDevice(memory, bytes);
  }

  @Override
  public void toHost(DeviceMemory memory, long bytes) {
    downloads++;
    inner.toHost(memory, bytes);
  }

  @Override
  public void write(DeviceMemory to, long at, MemorySegment from) {
    uploads++;
    writing.run();
    inner.write(to, at, from);
  }

  @Override
  public void read(DeviceMemory from, long at, MemorySegment to) {
    downloads++;
    reading.run();
    inner.read(from, at, to);
  }

  @Override
  public DeviceFunction function(KernelSource source, String name) {
    sources.add(source);
    String label = types(source) + " " + name;
    DeviceFunction function = inner.function(source, name);
    return new DeviceFunction() {
      @Override
      public DeviceFunction memory(DeviceMemory memory) {
        function.memory(memory);
        return this;
      }

      @Override
      public DeviceFunction number(long value) {
        function.number(value);
        return this;
      }

      @Override
      public void launch(long groups) {
        launches++;
        launched.add(label);
        function.launch(groups);
      }
    };
  }

  private static String types(KernelSource source) {
    Map<String, String> words = source.constants();
    return words.get("SAMPLE") + " " + words.get("REAL") + " " + words.get("STATE");
  }

  @Override
  public void finish() {
    finishes++;
    finishing.run();
    inner.finish();
  }
}
