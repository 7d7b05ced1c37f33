package io.github.millrace.gpu;

import io.github.millrace.backend.Kernel;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.StageState;
import java.util.Map;
import java.util.Optional;

/**
 * Spectra of blocks, or blocks of spectra, by fft.cl, or by dft.cl for other lengths than powers of
 * two.
 *
 * <p>State: [planes][frames of a block], those not yet complete, then zeros; its position is how
 * many they are.
 */
final class FftKernel implements Kernel<GpuBlock> {

  private final KernelSetup setup;
  private final Line line;
  private final int length;
  private final int size;
  private final int yield;
  private final Table gain;
  private final Table roots;
  private final DeviceFunction transform;
  private int fill;

  /** The kernel of an FFT or an inverse FFT. */
  FftKernel(KernelSetup setup) {
    this.setup = setup;
    boolean inverse = setup.step().in().isSpectrum();
    length = (inverse ? setup.step().in() : setup.step().out()).fftBlock();
    Arithmetic types = setup.arithmetic();
    refusal(length, setup.accelerator().limits().longestTransform(types.real()))
        .ifPresent(
            reason -> {
              throw new BackendException(reason);
            });
    int bins = length / 2 + 1;
    size = inverse ? bins : length;
    yield = inverse ? length : bins;
    gain = setup.table(types.real(), setup.step().storeGain() / (inverse ? length : 1));
    int count = isPower(length) ? length / 2 : length;
    roots = setup.table(types.real(), Transform.roots(length, count));
    KernelSource source = source(types, length);
    String name = source.file() + (inverse ? "_inverse" : "_forward");
    transform = setup.accelerator().function(source, name);
    line = new Line(setup, size);
  }

  /**
   * What transforms blocks of this length in these types: one for each power of two, and for all
   * lengths between two of them one.
   */
  static KernelSource source(Arithmetic types, int length) {
    int most = isPower(length) ? length : 2 * Integer.highestOneBit(length);
    String constant = isPower(length) ? "LENGTH" : "MOST";
    String file = isPower(length) ? "fft" : "dft";
    return types.source(file, Transform.items(most), Map.of(constant, most));
  }

  private static boolean isPower(int length) {
    return Integer.bitCount(length) == 1;
  }

  /** Why blocks of this length cannot be transformed, or empty if they can. */
  static Optional<String> refusal(int length, int longest) {
    return length <= longest
        ? Optional.empty()
        : Optional.of(
            "its work-groups have memory for FFTs of up to " + longest + " frames, not " + length);
  }

  @Override
  public long run(GpuBlock in, GpuBlock out, long frames) {
    long written = 0;
    long count;
    for (long at = 0; at < frames; at += count) {
      count = Math.min(line.piece(), frames - at);
      line.fill(in, at, count);
      written += advance(out, written, fill + count);
    }
    return written;
  }

  /** Transforms what is complete of the first frames of the line, and keeps the rest. */
  private long advance(GpuBlock out, long to, long frames) {
    long blocks = frames / size;
    if (blocks > 0) {
      line.pass(transform);
      out.pass(transform, to).number(blocks);
      if (!isPower(length)) {
        transform.number(length);
      }
      transform.memory(gain.memory()).memory(roots.memory());
      transform.launch(blocks * setup.step().in().channels());
    }
    fill = (int) (frames % size);
    line.keep(blocks * size, fill);
    return blocks * yield;
  }

  @Override
  public long flush(GpuBlock out, long limit) {
    if (fill == 0) {
      return 0;
    }
    line.append(size - fill);
    return advance(out, 0, size);
  }

  @Override
  public long maxOutputFrames(long count) {
    long blocks = count / size + (count % size > 0 ? 1 : 0);
    return blocks >= Long.MAX_VALUE / yield ? Long.MAX_VALUE : blocks * yield;
  }

  @Override
  public long flushFrames() {
    return yield;
  }

  @Override
  public long latencyFrames() {
    return size - 1L;
  }

  @Override
  public boolean keepsLength() {
    return false;
  }

  @Override
  public void reset() {
    fill = 0;
    line.silence(0);
  }

  @Override
  public StageState state() {
    return line.state(size, fill);
  }

  @Override
  public void restore(StageState state) {
    state().requireShapeOf(state, setup.step().stage().describe());
    if (state.position() < 0 || state.position() >= size) {
      throw new IllegalArgumentException(
          "state of "
              + setup.step().stage().describe()
              + " is at frame "
              + state.position()
              + " of its block, expected 0 to "
              + (size - 1));
    }
    fill = (int) state.position();
    line.restore(state, fill);
  }

  @Override
  public String describe() {
    String method = isPower(length) ? "FFT of " : "sum of ";
    return method + length + " on the chip, " + setup.arithmetic().describe();
  }

  @Override
  public void close() {
    line.close();
    gain.close();
    roots.close();
  }
}
