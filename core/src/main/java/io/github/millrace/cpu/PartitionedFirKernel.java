package io.github.millrace.cpu;

import io.github.millrace.backend.Step;
import io.github.millrace.cpu.fir.Convolution;
import io.github.millrace.host.Crew;
import io.github.millrace.plan.Bits;
import io.github.millrace.plan.StageState;
import io.github.millrace.stage.Fir;
import java.util.Arrays;

/**
 * A long finite impulse response whose samples depend on their place in the stream alone, for
 * {@link Bits#FRAME}: the stream is cut into partitions at multiples of their length. What the
 * frames before a partition leave to it is computed at once, by FFT; what its own frames add, term
 * by term. So no sample waits for one that is to come (W. G. Gardner, Efficient convolution without
 * input-output delay, J. Audio Eng. Soc. 43, 1995, with blocks of two sizes).
 *
 * <p>State: the frames before the last partition too, since a state may be taken inside of one; its
 * position says where.
 */
final class PartitionedFirKernel extends HistoryKernel {

  /**
   * Taps from which partitions are faster than the plain sum on the machine of {@link
   * Convolution#CROSSOVER}, by its figures: 80 terms a frame of FFT, twice as many frames of FFT as
   * taps.
   */
  private static final int LEAST_TAPS = 2048;

  private final int taps;
  private final int partition;
  private final Convolution[] own;
  private final Convolution[] before;
  private final double[][] ownLines;
  private final double[][] beforeLines;
  private final Samples[] sums;
  private final double[][] left;
  private final long[] leftAt;
  private long position;

  PartitionedFirKernel(Step step, Crew crew) {
    this(step, crew, partition((Fir) step.stage()));
  }

  private PartitionedFirKernel(Step step, Crew crew, int partition) {
    super(step, crew, ((Fir) step.stage()).length() + partition - 2, partition);
    Fir fir = (Fir) step.stage();
    this.partition = partition;
    taps = fir.length();
    Fir head = Fir.of(Arrays.copyOf(fir.taps(), partition)).with(Fir.Method.DIRECT);
    own = Convolution.of(head, crew.size());
    before = Convolution.of(fir.with(Fir.Method.OVERLAP_SAVE), crew.size());
    ownLines = new double[crew.size()][2 * partition - 1];
    beforeLines = new double[crew.size()][taps - 1 + partition];
    sums = new Samples[crew.size()];
    Arrays.setAll(sums, part -> new Samples(partition, step));
    left = new double[step.in().planes()][partition];
    leftAt = new long[left.length];
    forget();
  }

  /** Whether partitions are faster than the plain sum. */
  static boolean pays(Fir fir) {
    return fir.method() != Fir.Method.DIRECT && fir.length() >= LEAST_TAPS;
  }

  /** The power of two near which transforms and terms take equally long. */
  private static int partition(Fir fir) {
    return Integer.highestOneBit((int) Math.sqrt(160.0 * fir.length()));
  }

  /** Threads share out channels alone: a partition that is begun keeps what was left to it. */
  @Override
  long cellFrames() {
    return Long.MAX_VALUE;
  }

  @Override
  public long run(CpuBlock from, CpuBlock to, long count) {
    super.run(from, to, count);
    position += count;
    return count;
  }

  @Override
  void advance(int part, int plane, long at, int count) {
    int piece;
    for (int done = 0; done < count; done += piece) {
      int within = (int) ((position + at + done) % partition);
      piece = Math.min(partition - within, count - done);
      int begin = history.frames() + done - within;
      long place = position + at + done - within;
      if (leftAt[plane] != place) {
        leave(part, plane, begin);
        leftAt[plane] = place;
      }
      sum(part, plane, begin + within, within, piece);
      out().store(plane, at + done, sums[part]);
    }
  }

  /** What the frames before the one at {@code begin} leave to the partition there. */
  private void leave(int part, int plane, int begin) {
    double[] line = beforeLines[part];
    System.arraycopy(line(part), begin - (taps - 1), line, 0, taps - 1);
    Arrays.fill(line, taps - 1, line.length, 0);
    before[part].apply(line, left[plane], partition);
  }

  private void sum(int part, int plane, int from, int within, int count) {
    double[] line = ownLines[part];
    int silent = partition - 1 - within;
    Arrays.fill(line, 0, silent, 0);
    System.arraycopy(line(part), from - within, line, silent, within + count);
    double[] y = sums[part].values;
    own[part].apply(line, y, count);
    for (int i = 0; i < count; i++) {
      y[i] += left[plane][within + i];
    }
    sums[part].range(0, count);
  }

  private void forget() {
    Arrays.fill(leftAt, -1);
  }

  @Override
  public void reset() {
    super.reset();
    position = 0;
    forget();
  }

  @Override
  public StageState state() {
    return history.state(position);
  }

  @Override
  public void restore(StageState state) {
    String what = step.stage().describe();
    long place = Place.of(state, what);
    history.restore(state, what);
    position = place;
    forget();
  }

  @Override
  public String describe() {
    return "in partitions of " + partition + " frames, " + taps + " taps";
  }
}
