package io.github.millrace.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.backend.Backend;
import io.github.millrace.choice.Planner;
import io.github.millrace.cpu.JavaBackend;
import io.github.millrace.plan.Plan;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Chains, streams and blocks drawn by seeds give what Java gives, on every way of samples, though
 * the signal moves from one to the other in mid-stream.
 */
class RandomChainsTest {

  private static final long FIRST = Long.getLong("millrace.firstChain", 0);
  private static final int SEEDS = Integer.getInteger("millrace.chains", 60);

  @BeforeEach
  void requireDevice() {
    Assumptions.assumeTrue(Drivers.absence().isEmpty(), () -> Drivers.absence().get());
  }

  @TestFactory
  Stream<DynamicTest> likeJava() {
    return LongStream.range(FIRST, FIRST + SEEDS)
        .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> requireLikeJava(seed)));
  }

  private static void requireLikeJava(long seed) {
    RandomChain chain = RandomChain.of(seed);
    double[][] x = new double[chain.format().channels()][];
    Arrays.setAll(x, c -> chain.random().doubles(chain.frames(), -1, 1).toArray());
    double[][] expected;
    try (Plan plan = prepare(new JavaBackend(), chain)) {
      expected = new Stretch(plan, x).forward(0, chain.frames(), chain.frames()).flushed();
    }
    int cut = chain.random().nextInt(chain.frames() + 1);
    int most = 1 + chain.random().nextInt(chain.frames() + 1);
    for (ClAccelerator.Staging staging : ClAccelerator.Staging.values()) {
      ClAccelerator.Staging other = RandomChain.any(chain.random(), ClAccelerator.Staging.values());
      try (Plan first = prepare(backend(staging, chain), chain);
          Plan second = prepare(backend(other, chain), chain)) {
        Stretch head = new Stretch(first, x).forward(0, cut, most);
        second.restore(first.state());
        double[][] y = head.on(second).forward(cut, chain.frames(), most).flushed();
        requireClose(seed + " " + staging + " " + chain, chain, expected, y);
      }
    }
  }

  private static Backend backend(ClAccelerator.Staging staging, RandomChain chain) {
    return new OpenClBackend(
        device ->
            new CountingAccelerator(
                new ClAccelerator(device, staging),
                limits -> limits.withLargestAllocation(chain.largestAllocation())));
  }

  private static Plan prepare(Backend backend, RandomChain chain) {
    return new Planner(List.of(backend))
        .prepare(chain.pipeline(), chain.format(), chain.options().withBackend(backend.name()));
  }

  private static void requireClose(
      String where, RandomChain chain, double[][] expected, double[][] y) {
    assertEquals(expected.length, y.length, where);
    double difference = 0;
    double power = 0;
    for (int p = 0; p < y.length; p++) {
      assertEquals(expected[p].length, y[p].length, where);
      for (int i = 0; i < y[p].length; i++) {
        difference += (y[p][i] - expected[p][i]) * (y[p][i] - expected[p][i]);
        power += expected[p][i] * expected[p][i];
      }
    }
    boolean wide = chain.format().type() == SampleType.FLOAT64;
    double tolerance = wide ? 1e-9 : 1e-6;
    double error = power == 0 ? difference : Math.sqrt(difference / power);
    assertTrue(error <= tolerance, where + ": relative rms error " + error);
  }

  /** What plans make of a signal, piece by piece. */
  private static final class Stretch {
    private final double[][] x;
    private double[][] y;
    private Plan plan;

    Stretch(Plan plan, double[][] x) {
      this.plan = plan;
      this.x = x;
      y = new double[plan.outputFormat().planes()][0];
    }

    /** Goes on with another plan. */
    Stretch on(Plan other) {
      plan = other;
      return this;
    }

    /** In blocks of random length up to a most; where the length stays, half of them in place. */
    Stretch forward(int from, int to, int most) {
      SplittableRandom random = new SplittableRandom(most);
      int count;
      for (int at = from; at < to; at += count) {
        count = Math.min(random.nextInt(most + 1), to - at);
        piece(at, count, plan.keepsLength() && random.nextBoolean());
      }
      return this;
    }

    private void piece(int from, int count, boolean inPlace) {
      int offset = count % 7;
      try (SignalBuffer in = SignalBuffer.allocate(plan.inputFormat(), count + offset);
          SignalBuffer out =
              SignalBuffer.allocate(plan.outputFormat(), plan.maxOutputFrames(count))) {
        SignalBuffer slice = in.slice(offset, count);
        for (int p = 0; p < x.length; p++) {
          for (int i = 0; i < count; i++) {
            slice.set(p, i, x[p][from + i]);
          }
        }
        SignalBuffer target = inPlace ? slice : out;
        join(target.slice(0, plan.forward(slice, target)));
      }
    }

    double[][] flushed() {
      try (SignalBuffer out = SignalBuffer.allocate(plan.outputFormat(), plan.flushFrames())) {
        join(out.slice(0, plan.flush(out)));
      }
      return y;
    }

    private void join(SignalBuffer more) {
      for (int p = 0; p < y.length; p++) {
        double[] end = more.toDoubles(p);
        double[] both = Arrays.copyOf(y[p], y[p].length + end.length);
        System.arraycopy(end, 0, both, y[p].length, end.length);
        y[p] = both;
      }
    }
  }
}
