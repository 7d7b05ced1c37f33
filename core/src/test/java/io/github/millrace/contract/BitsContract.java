package io.github.millrace.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.backend.Backend;
import io.github.millrace.design.Notch;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.Bits;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.Resample;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The promises that take any block: {@link Bits#REPEAT} and {@link Bits#FRAME}. */
public abstract class BitsContract extends PromiseContract {

  /** Backends that must give the bits of {@link #backend} too, as on machines with other caches. */
  protected List<Backend> twins() {
    return List.of();
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
        LongUnaryOperator lengths = random(most[i], 7L * i);
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
