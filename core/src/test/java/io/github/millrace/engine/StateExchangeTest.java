package io.github.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.design.Sos;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.StageState;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.SosCascade;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A merged, gained chain takes SciPy's state, goes on, and gives back SciPy's state. */
class StateExchangeTest {

  private static final Map<String, StageState> GOLDEN = new HashMap<>();
  private static final double TOLERANCE = 1e-12;

  @BeforeAll
  static void read() throws IOException {
    var in = StateExchangeTest.class.getResourceAsStream("/golden/plan_state.txt.gz");
    try (var lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(in), StandardCharsets.US_ASCII))) {
      assertTrue(lines.readLine().startsWith("# SciPy 1.17.1;"));
      lines.lines().map(line -> line.split(" ", 3)).forEach(StateExchangeTest::put);
    }
  }

  private static void put(String[] line) {
    int[] shape = Arrays.stream(line[1].split(",")).mapToInt(Integer::parseInt).toArray();
    double[] values = Arrays.stream(line[2].split(" ")).mapToDouble(Double::parseDouble).toArray();
    GOLDEN.put(line[0], StageState.of(shape, values));
  }

  @Test
  void stateGoesToAndFromSciPyInMidSignal() {
    StreamFormat format = new StreamFormat(0, 2, SampleType.FLOAT64);
    Pipeline pipeline = Pipeline.of(sos(0), sos(1), new Gain(-0.25), sos(3));
    try (Plan plan = pipeline.prepare(format, PlanOptions.DEFAULTS.withBackend("java"))) {
      assertTrue(plan.describe().contains("cascade of 4 sections"), plan.describe());
      plan.restore(states("start"));
      requireClose(GOLDEN.get("y_head"), forward(plan, 0, 777));
      requireStates("head", plan);
      plan.reset();
      plan.restore(states("head"));
      requireClose(GOLDEN.get("y_tail"), forward(plan, 777, 2000));
      requireStates("tail", plan);
    }
  }

  private static SosCascade sos(int stage) {
    StageState rows = GOLDEN.get("sos" + stage);
    double[][] sos = new double[rows.shape()[0]][];
    Arrays.setAll(sos, s -> Arrays.copyOfRange(rows.values(), 6 * s, 6 * s + 6));
    return new SosCascade(Sos.of(sos));
  }

  private static List<StageState> states(String name) {
    return List.of(
        GOLDEN.get(name + 0), GOLDEN.get(name + 1), StageState.none(), GOLDEN.get(name + 3));
  }

  private static void requireStates(String name, Plan plan) {
    List<StageState> expected = states(name);
    List<StageState> actual = plan.state();
    assertEquals(StageState.none(), actual.get(2));
    for (int stage : new int[] {0, 1, 3}) {
      assertArrayEquals(expected.get(stage).shape(), actual.get(stage).shape());
      requireClose(expected.get(stage), actual.get(stage).values());
    }
  }

  private static double[] forward(Plan plan, int from, int to) {
    double[] x = GOLDEN.get("x").values();
    double[][] part = {
      Arrays.copyOfRange(x, from, to), Arrays.copyOfRange(x, 2000 + from, 2000 + to)
    };
    try (SignalBuffer in = SignalBuffer.ofPlanar(part);
        SignalBuffer out = SignalBuffer.allocate(SampleType.FLOAT64, 2, to - from)) {
      assertEquals(to - from, plan.forward(in, out));
      double[] both = Arrays.copyOf(out.toDoubles(0), 2 * (to - from));
      System.arraycopy(out.toDoubles(1), 0, both, to - from, to - from);
      return both;
    }
  }

  private static void requireClose(StageState expected, double[] actual) {
    double[] values = expected.values();
    double peak = Arrays.stream(values).map(Math::abs).max().orElseThrow();
    assertArrayEquals(values, actual, TOLERANCE * peak);
  }
}
