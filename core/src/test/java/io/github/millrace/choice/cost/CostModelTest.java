package io.github.millrace.choice.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.backend.Step;
import io.github.millrace.design.Band;
import io.github.millrace.plan.Length;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Prediction;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.Resample;
import io.github.millrace.stage.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Predictions against sums made by hand, for devices that do not exist. */
class CostModelTest {

  private static final DeviceKey HERE = new DeviceKey("cpu", "cores", "1");
  private static final StreamFormat MONO = new StreamFormat(48_000, 1, SampleType.FLOAT64);
  private static final PlanOptions ONE = PlanOptions.DEFAULTS.withThreads(1);

  private static List<Step> steps(StreamFormat format, Stage... stages) {
    StreamFormat[] stream = {format};
    return Arrays.stream(stages)
        .map(
            stage -> {
              Step step = new Step(stage.lower(stream[0]), stream[0], 1, 1);
              stream[0] = stage.output(stream[0]);
              return step;
            })
        .toList();
  }

  private static Stage cascade(int sections) {
    return Iir.butterworth(2 * sections, Band.low(5_000));
  }

  private static double forward(Profile profile, PlanOptions options, long frames, List<Step> s) {
    return new CostModel(profile)
        .predict(HERE, s, options.withLength(Length.stream(frames)))
        .orElseThrow()
        .forwardNanos();
  }

  @Test
  void aStageCostsItsOverheadAndItsWork() {
    Profile profile =
        new Rows().device(HERE).step(HERE, StageKind.GAIN, new PathCost(100, 2, 0, 1)).profile();
    List<Step> gain = steps(MONO, new Gain(2));
    assertEquals(100 + 2 * 50, forward(profile, ONE, 50, gain));
    List<Step> wide = steps(MONO.withChannels(3), new Gain(2));
    assertEquals(100 + 2 * 50 * 3, forward(profile, ONE, 50, wide));
  }

  @Test
  void channelsThatFitAtOnceCostNoMoreThanOne() {
    Profile profile =
        new Rows().device(HERE).step(HERE, StageKind.GAIN, new PathCost(0, 1, 0, 64)).profile();
    for (int channels : new int[] {1, 64}) {
      assertEquals(10, forward(profile, ONE, 10, steps(MONO.withChannels(channels), new Gain(2))));
    }
    assertEquals(20, forward(profile, ONE, 10, steps(MONO.withChannels(128), new Gain(2))));
  }

  @Test
  void theBetterPathIsTakenUnlessAThresholdIsGiven() {
    Profile profile =
        new Rows()
            .device(HERE)
            .cascade(HERE, new PathCost(10, 1, 3, 1), new PathCost(1_000, 1, 0, 1))
            .profile();
    List<Step> steps = steps(MONO, cascade(2));
    assertEquals(10 + 7 * 100, forward(profile, ONE, 100, steps));
    assertEquals(1_000 + 1_000, forward(profile, ONE, 1_000, steps));
    assertEquals(1_100, forward(profile, ONE.withThreshold(0), 100, steps));
    assertEquals(7_010, forward(profile, ONE.withThreshold(1_001), 1_000, steps));
  }

  @Test
  void theThresholdIsWhereTheTwoPathsCross() {
    Profile profile =
        new Rows()
            .device(HERE)
            .cascade(HERE, new PathCost(10, 1, 3, 1), new PathCost(1_000, 1, 0, 1))
            .profile();
    CostModel model = new CostModel(profile);
    assertEquals(
        OptionalLong.of(165), model.threshold(HERE, steps(MONO, cascade(2)), ONE)); // 990 / 6
    assertEquals(
        OptionalLong.of(83), model.threshold(HERE, steps(MONO, cascade(4)), ONE)); // 990 / 12
    List<Step> two = steps(MONO, cascade(1), new Gain(1), cascade(4));
    assertEquals(OptionalLong.of(132), model.threshold(HERE, two, ONE)); // 2 * 990 / 15
    assertEquals(OptionalLong.empty(), model.threshold(HERE, steps(MONO, new Gain(1)), ONE));
  }

  @Test
  void moreChannelsMoveTheThreshold() {
    Profile profile =
        new Rows()
            .device(HERE)
            .cascade(HERE, new PathCost(0, 8, 0, 1024), new PathCost(7_000, 1, 0, 1))
            .profile();
    CostModel model = new CostModel(profile);
    List<Step> mono = steps(MONO, cascade(1));
    assertEquals(OptionalLong.of(1_000), model.threshold(HERE, mono, ONE));
    List<Step> many = steps(MONO.withChannels(64), cascade(1));
    assertEquals(OptionalLong.of(CostModel.NEVER), model.threshold(HERE, many, ONE));
  }

  @Test
  void aPathThatIsNeverSlowerIsAlwaysTaken() {
    PathCost same = new PathCost(10, 1, 1, 1);
    CostModel model = new CostModel(new Rows().device(HERE).cascade(HERE, same, same).profile());
    assertEquals(OptionalLong.of(1), model.threshold(HERE, steps(MONO, cascade(1)), ONE));
  }

  @Test
  void withoutAParallelPathThereIsNoThreshold() {
    Profile profile =
        new Rows().device(HERE).step(HERE, StageKind.CASCADE, new PathCost(0, 1, 1, 1)).profile();
    assertEquals(
        OptionalLong.empty(), new CostModel(profile).threshold(HERE, steps(MONO, cascade(1)), ONE));
  }

  @Test
  void ofTwoWaysToFilterTheQuickerCounts() {
    Profile profile =
        new Rows()
            .device(HERE)
            .step(HERE, StageKind.FIR, new PathCost(0, 0, 1, 1))
            .step(HERE, StageKind.OVERLAP, new PathCost(0, 0, 8, 1))
            .profile();
    assertEquals(10 * 16, forward(profile, ONE, 10, steps(MONO, Fir.of(new double[16]))));
    assertEquals(10 * 8 * 8, forward(profile, ONE, 10, steps(MONO, Fir.of(new double[256]))), 1e-9);
    Fir direct = Fir.of(new double[256]).with(Fir.Method.DIRECT);
    assertEquals(10 * 256, forward(profile, ONE, 10, steps(MONO, direct)));
  }

  /** By one thread where the others are not worth waking, by all where they are. */
  @Test
  void threadsShareTheWorkWhereThatPays() {
    StepCost alone = new StepCost(new PathCost(0, 8, 0, 1), Optional.empty());
    StepCost shared = new StepCost(new PathCost(700, 1, 0, 1), Optional.empty());
    Profile profile =
        new Rows()
            .device(HERE)
            .step(HERE, StageKind.GAIN, 1, alone)
            .step(HERE, StageKind.GAIN, 8, shared)
            .profile();
    List<Step> gain = steps(MONO, new Gain(2));
    assertEquals(80, forward(profile, ONE.withThreads(8), 10, gain));
    assertEquals(10_700, forward(profile, ONE.withThreads(8), 10_000, gain));
    assertEquals(10_700, forward(profile, ONE.withThreads(99), 10_000, gain));
    assertEquals(80_000, forward(profile, ONE, 10_000, gain));
    // Eight are eight times as fast: four are four times.
    assertEquals(20_700, forward(profile, ONE.withThreads(4), 10_000, gain), 1);
  }

  @Test
  void aLongChainOnTheCpuWalksInBlocks() {
    Profile profile =
        new Rows().device(HERE).step(HERE, StageKind.GAIN, new PathCost(100, 1, 0, 1)).profile();
    List<Step> two = steps(MONO, new Gain(2), new Gain(2));
    double block = (1 << 18) / 8;
    assertEquals(2 * (100 + block), forward(profile, ONE, (long) block, two));
    assertEquals(2 * 8 * (100 + block), forward(profile, ONE, (long) (8 * block), two));
    assertEquals(
        2 * (4 * 100 + 8 * block), forward(profile, ONE.withThreads(2), (long) (8 * block), two));
  }

  @Test
  void whatTravelsPaysForTheWay() {
    Profile profile =
        new Rows()
            .card(HERE, 0, 5_000, 0.25)
            .step(HERE, StageKind.GAIN, new PathCost(1_000, 0.01, 0, 1))
            .profile();
    List<Step> gain = steps(MONO, new Gain(2));
    assertEquals(2 * (5_000 + 2 * 1_000) + 1_010, forward(profile, ONE, 1_000, gain));
    // 16 blocks of 32 MiB: one way is seen, the other and the kernels once.
    long block = (32 << 20) / 8;
    double way = 16 * (5_000 + 0.25 * (32 << 20));
    double compute = 16 * (1_000 + 0.01 * block);
    assertEquals(way + (way + compute) / 16, forward(profile, ONE, 16 * block, gain), 1e-6 * way);
  }

  @Test
  void aResamplersOutputIsShorter() {
    Profile profile =
        new Rows()
            .card(HERE, 0, 0, 1)
            .step(HERE, StageKind.RESAMPLE, new PathCost(0, 0, 0, 1))
            .profile();
    assertEquals(
        8 * (48_000 + 24_000),
        forward(profile, ONE, 48_000, steps(MONO, new Resample(24_000))),
        1e-6);
  }

  @Test
  void theStartCountsOnceForAWholeSignal() {
    Profile profile =
        new Rows()
            .card(HERE, 1e6, 0, 0)
            .step(HERE, StageKind.GAIN, new PathCost(0, 1, 0, 1))
            .profile();
    Prediction prediction =
        new CostModel(profile)
            .predict(HERE, steps(MONO, new Gain(2)), ONE.withLength(new Length(100, 1_000)))
            .orElseThrow();
    assertEquals(100, prediction.forwardNanos());
    assertEquals(1e6 + 1_000, prediction.totalNanos());
  }

  @ParameterizedTest
  @ValueSource(strings = {"other type", "other device", "other kind"})
  void whatWasNotMeasuredIsNotPredicted(String what) {
    Profile profile =
        new Rows().device(HERE).step(HERE, StageKind.GAIN, new PathCost(0, 1, 0, 1)).profile();
    StreamFormat format = what.equals("other type") ? MONO.withType(SampleType.FLOAT32) : MONO;
    DeviceKey device = what.equals("other device") ? new DeviceKey("cpu", "cores", "2") : HERE;
    Stage stage = what.equals("other kind") ? cascade(1) : new Gain(2);
    assertTrue(new CostModel(profile).predict(device, steps(format, stage), ONE).isEmpty());
  }
}
