package io.github.millrace.bench.gpu;

import io.github.millrace.backend.Kernel;
import io.github.millrace.backend.Step;
import io.github.millrace.bench.BenchCase;
import io.github.millrace.bench.OutputCheck;
import io.github.millrace.bench.Rounds;
import io.github.millrace.gpu.GpuBlock;
import io.github.millrace.gpu.GpuDevice;
import io.github.millrace.signal.SignalBuffer;

/** A stage whose input and output stay in the device's memory. One thread. */
final class ResidentRig implements AutoCloseable {

  /** Runs from one wait for the device to the next: waiting then costs little beside them. */
  private static final int RUNS = 8;

  private final BenchCase bench;
  private final GpuDevice device;
  private final SignalBuffer input;
  private final SignalBuffer output;
  private final Kernel<GpuBlock> kernel;
  private final GpuBlock in;
  private final GpuBlock out;

  /**
   * Brings the input to the device.
   *
   * @param device is closed with this rig
   * @param input as many frames as the case has, or more
   */
  ResidentRig(GpuDevice device, BenchCase bench, SignalBuffer input) {
    this.device = device;
    this.bench = bench;
    this.input = input.slice(0, bench.frames());
    output = SignalBuffer.allocate(bench.format(), bench.frames());
    kernel = device.kernel(new Step(bench.workload().stage(), bench.format(), 1, 1));
    in = device.hostBlock(bench.format(), bench.frames());
    out = device.hostBlock(bench.format(), bench.frames());
    device.upload(this.input, 0, in, bench.frames());
    device.bind(output, 0, out);
  }

  /**
   * Compares the output with the Java reference's.
   *
   * @return the largest difference, relative to the peak
   * @throws io.github.millrace.bench.WrongOutputException if it is wrong
   */
  double check() {
    kernel.reset();
    kernel.run(in, out, bench.frames());
    device.finish();
    device.download(out, bench.frames());
    return OutputCheck.require(bench, device.info().backend(), input, output);
  }

  /** Seconds of one run, and of one copy of as many bytes by the device itself. */
  double[] seconds() {
    double[] seconds =
        Rounds.THOROUGH.medianSeconds(
            repeated(() -> kernel.run(in, out, bench.frames())), repeated(this::copy));
    return new double[] {seconds[0] / RUNS, seconds[1] / RUNS};
  }

  private Runnable repeated(Runnable launch) {
    return () -> {
      for (int i = 0; i < RUNS; i++) {
        launch.run();
      }
      device.finish();
    };
  }

  private void copy() {
    long bytes = bench.samples() * bench.type().bytes();
    device.accelerator().copy(in.memory(), out.memory(), bytes);
  }

  @Override
  public void close() {
    kernel.close();
    device.close();
    output.close();
  }
}
