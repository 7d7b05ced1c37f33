package io.github.millrace.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.backend.Backend;
import io.github.millrace.choice.Planner;
import io.github.millrace.cpu.JavaBackend;
import io.github.millrace.design.Band;
import io.github.millrace.design.Notch;
import io.github.millrace.design.Sos;
import io.github.millrace.design.fir.Window;
import io.github.millrace.design.fir.WindowedFir;
import io.github.millrace.design.state.CellFold;
import io.github.millrace.design.state.RoundingError;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.Bits;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.StageState;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.FirDesign;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.Resample;
import io.github.millrace.stage.SosCascade;
import io.github.millrace.stage.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The three promises about bits: a subclass names its backend and the independent probe. */
@Tag(Verify.TAG)
public abstract class BitsContract {

  private static final double RATE = ContractCase.RATE;
  private static final int CELL = (int) Bits.CELL;

  /** The backend under test. */
  protected abstract Backend backend();

  /** Why the device cannot be here, found without the backend; empty where it must be here. */
  protected abstract Optional<String> absence();

  /** Backends that must give the bits of {@link #backend} too, as on machines with other caches. */
  protected List<Backend> twins() {
    return List.of();
  }

  @BeforeEach
  final void requireDevice() {
    Assumptions.assumeTrue(absence().isEmpty(), () -> absence().get());
  }

  /** Wherever the memory lies, whatever the caches hold, and beside busy threads. */
  @TestFactory
  Stream<DynamicTest> equalBlocksGiveEqualBits() {
    return each(
        Bits.REPEAT,
        Stream.of(
            of("narrow", low(8, 24)),
            of("fast", low(13, 9_000)),
            of("slow", new Iir(new Notch(50, 300))),
            of("fir", fir(63)),
            of("long fir", fir(1023), new Gain(0.5)),
            of("chain", low(4, 3_000), new Resample(44_100), low(2, 1_000))),
        (test, type, options) -> {
          try (Busy busy = new Busy()) {
            for (int channels : new int[] {1, 3, 17}) {
              StreamFormat format = new StreamFormat(RATE, channels, type);
              repeat(test, format, options);
            }
            assertTrue(busy.isAlive());
          }
        });
  }

  private void repeat(ContractCase test, StreamFormat format, PlanOptions options) {
    int frames = format.channels() == 17 ? 5_003 : 36_013;
    int cut = frames / 2 + 5;
    try (Feed feed = new Feed(format, Rig.noise(format, frames, 11));
        Plan plan = plan(backend(), test, format, options);
        SignalBuffer expected = feed.shifted(plan, cut, 0)) {
      for (Backend twin : Stream.concat(Stream.of(backend()), twins().stream()).toList()) {
        try (Plan other = plan(twin, test, format, options)) {
          for (int shift : new int[] {0, 1, 4, 13, 1024 + 4}) {
            String where = test.name() + ", " + format + ", moved by " + shift;
            try (SignalBuffer actual = feed.shifted(other, cut, shift)) {
              Feed.requireSameBits(where, expected, actual);
            }
          }
        }
      }
    }
  }

  /** Any split into blocks, blocks of 0 and 1 frames too, and any number of threads. */
  @TestFactory
  Stream<DynamicTest> framesDependOnTheirPlaceAlone() {
    return each(
        Bits.FRAME,
        Stream.concat(
            ContractCase.all().stream(),
            Stream.of(
                of("fir of 3,000 taps", fir(3_000)),
                of("fir of 9,000 taps, cascade", new Gain(2), fir(9_000), low(2, 500)))),
        (test, type, options) -> {
          for (int channels : new int[] {1, 9}) {
            StreamFormat format = new StreamFormat(RATE, channels, type);
            for (double[][] x : signals(format)) {
              splits(test, new Feed(format, x), options);
            }
          }
        });
  }

  /** A burst, a silence in which every fast filter fades, and a burst; the same with a NaN. */
  private static List<double[][]> signals(StreamFormat format) {
    double[][] x = Rig.noise(format, 13_007, 12);
    for (double[] channel : x) {
      Arrays.fill(channel, 2_500, 11_500, 0);
    }
    double[][] spoilt = Arrays.stream(x).map(double[]::clone).toArray(double[][]::new);
    spoilt[x.length - 1][1_777] = Double.NaN;
    return List.of(x, spoilt);
  }

  private void splits(ContractCase test, Feed feed, PlanOptions options) {
    int[] most = {1, 60, 700, 5_000, 13_000};
    try (feed;
        Plan plan = plan(backend(), test, feed.format(), options.withThreads(1));
        Plan other = plan(backend(), test, feed.format(), options.withThreads(3));
        SignalBuffer expected = feed.through(plan, at -> feed.frames())) {
      for (int i = feed.format().channels() > 1 ? 2 : 0; i < most.length; i++) {
        LongUnaryOperator lengths = random(most[i], 7 * i);
        String where = test.name() + ", " + feed.format() + ", blocks of up to " + most[i];
        try (SignalBuffer actual = feed.through(other, lengths)) {
          Feed.requireSameBits(where, expected, actual);
        }
      }
    }
  }

  /** Up to a hundred blocks, every fifth empty and every fifth of one frame, then the rest. */
  private static LongUnaryOperator random(int most, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] left = {100};
    return at ->
        left[0]-- <= 0
            ? Long.MAX_VALUE
            : switch (random.nextInt(5)) {
              case 0 -> 0;
              case 1 -> 1;
              default -> random.nextLong(most) + 1;
            };
  }

  /** A state taken anywhere goes on with the same bits in another plan. */
  @TestFactory
  Stream<DynamicTest> aStateKnowsItsPlace() {
    return each(
        Bits.FRAME,
        Stream.of(
            of("fast", low(4, 9_000), new Gain(2), low(2, 12_000)),
            of("fir", fir(63)),
            of("long fir", fir(9_000)),
            of("chain", new Resample(44_100), low(2, 9_000))),
        (test, type, options) -> {
          StreamFormat format = new StreamFormat(RATE, 2, type);
          for (double[][] x : signals(format)) {
            moves(test, new Feed(format, x), options);
          }
        });
  }

  private void moves(ContractCase test, Feed feed, PlanOptions options) {
    try (feed;
        Plan plan = plan(backend(), test, feed.format(), options);
        Plan other = plan(backend(), test, feed.format(), options);
        SignalBuffer whole = feed.through(plan, at -> feed.frames())) {
      for (int cut : new int[] {100, 4_096, 9_999}) {
        plan.reset();
        long before = feed.head(plan, cut);
        other.restore(plan.state());
        assertEquals(plan.state(), other.state());
        try (SignalBuffer tail = feed.run(other, cut, random(900, cut))) {
          SignalBuffer expected = whole.slice(before, whole.frames() - before);
          Feed.requireSameBits(test.name() + ", moved at " + cut, expected, tail);
        }
      }
    }
  }

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

  /** What cannot be promised is refused before a plan is made. */
  @Test
  void promisesAreKeptOrRefused() {
    for (Bits bits : Bits.values()) {
      for (ContractCase test : ContractCase.all()) {
        PlanOptions options = PlanOptions.DEFAULTS.withBits(bits);
        if (refusal(test, mono(), options).isEmpty()) {
          plan(backend(), test, mono(), options).close();
        } else {
          assertThrows(BackendException.class, () -> plan(backend(), test, mono(), options));
        }
      }
    }
  }

  private interface Body {
    void run(ContractCase test, SampleType type, PlanOptions options);
  }

  /** One test for each case and format, in fast arithmetic too. */
  private Stream<DynamicTest> each(Bits bits, Stream<ContractCase> cases, Body body) {
    return cases.flatMap(
        test ->
            Stream.concat(
                Stream.of(SampleType.values()).map(type -> dynamic(bits, test, type, body)),
                Stream.of(test.fast())
                    .filter(fast -> refusal(fast, mono(), options(bits, fast)).isEmpty())
                    .filter(fast -> fast.stages().stream().anyMatch(backend()::computesFast))
                    .map(fast -> dynamic(bits, fast, SampleType.FLOAT32, body))));
  }

  private DynamicTest dynamic(Bits bits, ContractCase test, SampleType type, Body body) {
    PlanOptions options = options(bits, test);
    return DynamicTest.dynamicTest(
        test.name() + " " + type.shortName(),
        () -> {
          requireAccepted(test, mono(), options);
          body.run(test, type, options);
        });
  }

  private static PlanOptions options(Bits bits, ContractCase test) {
    return PlanOptions.DEFAULTS.withBits(bits).withPrecision(test.precision()).withThreads(2);
  }

  private void requireAccepted(ContractCase test, StreamFormat format, PlanOptions options) {
    Optional<String> refusal = refusal(test, format, options);
    Assumptions.assumeTrue(refusal.isEmpty(), () -> refusal.get());
  }

  private Optional<String> refusal(ContractCase test, StreamFormat format, PlanOptions options) {
    PlanOptions named = options.withBackend(backend().name());
    return new Planner(List.of(backend()))
        .candidates(test.pipeline(), format, named)
        .getFirst()
        .refusal();
  }

  private static Plan plan(
      Backend backend, ContractCase test, StreamFormat format, PlanOptions options) {
    return new Planner(List.of(backend))
        .prepare(test.pipeline(), format, options.withBackend(backend.name()));
  }

  private static StreamFormat mono() {
    return new StreamFormat(RATE, 1, SampleType.FLOAT64);
  }

  private static ContractCase of(String name, Stage... stages) {
    return ContractCase.of(name, stages);
  }

  private static Iir low(int order, double cutoff) {
    return Iir.butterworth(order, Band.low(cutoff));
  }

  private static Fir fir(int taps) {
    var design = new FirDesign(new WindowedFir(Band.low(5_000), taps, Window.HAMMING));
    return design.lower(mono());
  }

  /** A thread that keeps a core from the others. */
  private static final class Busy implements AutoCloseable {
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread thread = Thread.ofPlatform().daemon().start(this::spin);

    private void spin() {
      while (!over.get()) {
        Thread.onSpinWait();
      }
    }

    boolean isAlive() {
      return thread.isAlive();
    }

    @Override
    public void close() {
      over.set(true);
    }
  }
}
