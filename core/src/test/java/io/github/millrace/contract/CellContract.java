package io.github.millrace.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.cpu.JavaBackend;
import io.github.millrace.design.Band;
import io.github.millrace.design.Notch;
import io.github.millrace.design.Sos;
import io.github.millrace.design.state.CellFold;
import io.github.millrace.design.state.RoundingError;
import io.github.millrace.plan.Bits;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.StageState;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.Resample;
import io.github.millrace.stage.SosCascade;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a backend must do that promises {@link Bits#GRID}. */
public abstract class CellContract extends PromiseContract {

  private static final int CELL = (int) Bits.CELL;

  /** Any number of threads, and blocks of any number of cells. */
  @TestFactory
  Stream<DynamicTest> cellsDependOnTheGridAlone() {
    return each(
        Bits.GRID,
        Stream.of(
            of("fast", low(4, 9_000)),
            of("narrow", low(8, 24)),
            of("slow", new Iir(new Notch(50, 300))),
            of("unstable", new SosCascade(Sos.of(new double[][] {{1e-3, 0, 0, 1, -1, 0}}))),
            of("long fir", fir(1023)),
            of("chain", low(4, 3_000), new Resample(44_100), Iir.butterworth(2, Band.high(30)))),
        (test, type, options) -> {
          for (int channels : new int[] {1, 3}) {
            StreamFormat format = new StreamFormat(RATE, channels, type);
            grid(test, format, options);
          }
        });
  }

  private void grid(ContractCase test, StreamFormat format, PlanOptions options) {
    int frames = (format.channels() == 1 ? 3 : 1) * CELL + 77_777;
    double[][] x = Rig.noise(format, frames, 13);
    try (Feed feed = new Feed(format, x);
        Plan one = plan(backend(), test, format, options.withThreads(1));
        SignalBuffer expected = feed.through(one, at -> frames)) {
      requireTruth(test, format, expected, feed);
      for (int threads : new int[] {2, 3, 8}) {
        try (Plan plan = plan(backend(), test, format, options.withThreads(threads));
            SignalBuffer actual = feed.through(plan, at -> threads == 3 ? CELL : 2L * CELL)) {
          String where = test.name() + ", " + format + ", " + threads + " threads";
          Feed.requireSameBits(where, expected, actual);
        }
      }
    }
  }

  /** Cells join as well as one long block, whose error float32 arithmetic makes large. */
  private void requireTruth(ContractCase test, StreamFormat format, SignalBuffer grid, Feed feed) {
    PlanOptions plain = PlanOptions.DEFAULTS.withThreads(1);
    PlanOptions same = plain.withPrecision(test.precision());
    try (Plan reference = plan(new JavaBackend(), test, format, plain);
        Plan plan = plan(backend(), test, format, same);
        SignalBuffer truth = feed.through(reference, at -> feed.frames());
        SignalBuffer whole = feed.through(plan, at -> feed.frames())) {
      assertEquals(truth.frames(), grid.frames());
      double peak = 0;
      double error = 0;
      double usual = 0;
      for (long i = 0; i < truth.frames(); i += 1 + i % 7) {
        double y = truth.get(0, i);
        peak = Math.max(peak, Math.abs(y));
        error = Math.max(error, Math.abs(y - grid.get(0, i)));
        usual = Math.max(usual, Math.abs(y - whole.get(0, i)));
      }
      double rounding = format.type() == SampleType.FLOAT32 ? 1e-7 : 1e-12;
      rounding += 50 * test.cascades().stream().mapToDouble(RoundingError::of).sum();
      String found = " are off by " + error + " of " + peak + ", one block by " + usual;
      assertTrue(error <= 4 * usual + rounding * peak, test.name() + ": cells" + found);
    }
  }

  /** After a NaN in a cell all that follows is NaN, in the cells of other threads too. */
  @Test
  void notANumberReachesEveryLaterCell() {
    for (Iir filter : List.of(low(4, 9_000), low(8, 24))) {
      ContractCase test = ContractCase.cascade("nan", filter.design().sos(RATE));
      PlanOptions options = PlanOptions.DEFAULTS.withBits(Bits.GRID).withThreads(3);
      requireAccepted(test, mono(), options);
      double[][] x = Rig.noise(mono(), 2 * CELL + 100, 14);
      x[0][1_000] = Double.NaN;
      try (Feed feed = new Feed(mono(), x);
          Plan plan = plan(backend(), test, mono(), options);
          SignalBuffer y = feed.through(plan, at -> 2L * CELL)) {
        for (int i = 0; i < y.frames(); i++) {
          assertEquals(i >= 1_000, Double.isNaN(y.get(0, i)), "frame " + i);
        }
      }
    }
  }

  /** Whoever has the end state of each cell from silence can fold them, and run any cell alone. */
  @Test
  void cellsCanBeRunApart() {
    for (Iir filter : List.of(low(4, 9_000), Iir.butterworth(2, Band.high(0.5)))) {
      Sos sos = filter.design().sos(RATE);
      ContractCase test = ContractCase.cascade("apart", sos);
      PlanOptions options = PlanOptions.DEFAULTS.withBits(Bits.GRID).withThreads(2);
      requireAccepted(test, mono(), options);
      double[][] x = Rig.noise(mono(), 3 * CELL, 15);
      try (Feed feed = new Feed(mono(), x);
          Plan plan = plan(backend(), test, mono(), options);
          Plan other = plan(backend(), test, mono(), options.withThreads(1));
          SignalBuffer whole = feed.through(plan, at -> 3L * CELL)) {
        CellFold fold = CellFold.of(sos, 1e-17, CELL).orElseThrow();
        double[] start = new double[2 * sos.sections()];
        for (int cell = 0; cell < 3; cell++) {
          other.restore(List.of(state(start)));
          try (SignalBuffer y = feed.cell(other, cell)) {
            SignalBuffer expected = whole.slice((long) cell * CELL, CELL);
            Feed.requireSameBits("cell " + cell, expected, y);
          }
          other.reset();
          feed.cell(other, cell).close();
          double[] end = other.state().getFirst().values();
          fold.next(start, end);
          start = end;
        }
      }
    }
  }

  private static StageState state(double[] values) {
    return StageState.of(new int[] {values.length / 2, 1, 2}, values);
  }

  /** A forward that ends inside a cell is the last. */
  @Test
  void aCellIsReadWhole() {
    ContractCase test = of("fast", low(4, 9_000));
    PlanOptions options = PlanOptions.DEFAULTS.withBits(Bits.GRID);
    requireAccepted(test, mono(), options);
    try (Plan plan = plan(backend(), test, mono(), options);
        SignalBuffer buffer = SignalBuffer.allocate(mono(), 100)) {
      plan.forward(buffer, buffer);
      IllegalStateException e =
          assertThrows(IllegalStateException.class, () -> plan.forward(buffer, buffer));
      assertTrue(e.getMessage().contains("100 frames into a cell of 1048576"), e.getMessage());
      plan.reset();
      plan.forward(buffer, buffer);
      plan.restore(plan.state());
      plan.forward(buffer, buffer);
      assertEquals(0, plan.flush(buffer));
      assertTrue(plan.describe().contains("bits grid"), plan.describe());
      assertEquals(Bits.GRID, plan.decision().options().bits());
    }
  }
}
