package io.github.millrace.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.backend.Backend;
import io.github.millrace.backend.Device;
import io.github.millrace.cpu.CpuDevice;
import io.github.millrace.cpu.JavaBackend;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.Bits;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Delay;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Stage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlannerTest {

  private static final StreamFormat FORMAT = new StreamFormat(48_000, 1, SampleType.FLOAT32);
  private static final Pipeline GAIN = Pipeline.of(new Gain(2));
  private static final PlanOptions AUTO = PlanOptions.DEFAULTS;

  /** A backend over the Java kernels that has two devices and refuses delays. */
  private static class Fake implements Backend {

    private final String name;
    private final boolean opens;

    Fake(String name, boolean opens) {
      this.name = name;
      this.opens = opens;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int rank() {
      return 1;
    }

    @Override
    public boolean onProcessor() {
      return true;
    }

    @Override
    public List<DeviceDescription> devices() {
      return List.of(
          new DeviceDescription(name, 0, "Small One", true, "", 0, true, "test"),
          new DeviceDescription(name, 1, "Big One", true, "", 0, true, "test"));
    }

    @Override
    public Optional<String> refusal(Stage stage, DeviceDescription device, Precision precision) {
      return stage instanceof Delay ? Optional.of("it has no delay") : Optional.empty();
    }

    @Override
    public Device<?> open(DeviceDescription device, PlanOptions options) {
      if (!opens) {
        throw new BackendException(device.name() + " is lost");
      }
      return new CpuDevice(device, PlanOptions.DEFAULTS.withThreads(1));
    }
  }

  private static Planner planner(boolean opens) {
    return new Planner(List.of(new Fake("fake", opens), new JavaBackend()));
  }

  private static String chosen(Planner planner, Pipeline pipeline, PlanOptions options) {
    try (Plan plan = planner.prepare(pipeline, FORMAT, options)) {
      return plan.device().backend() + " " + plan.describe();
    }
  }

  @Test
  void autoTakesTheFirstThatCan() {
    assertTrue(chosen(planner(true), GAIN, AUTO).startsWith("fake fake on Small One"));
  }

  /** Looking for devices may load a library: it is not done before it is needed. */
  @Test
  void autoDoesNotAskBehindTheFirstThatCan() {
    Backend notAsked =
        new Fake("behind", true) {
          @Override
          public List<DeviceDescription> devices() {
            throw new AssertionError("asked for its devices");
          }
        };
    assertTrue(
        chosen(new Planner(List.of(new JavaBackend(), notAsked)), GAIN, AUTO).startsWith("java"));
  }

  @Test
  void autoPassesByWhatRefusesAndSaysWhy() {
    String text = chosen(planner(true), Pipeline.of(Delay.ofFrames(1)), AUTO);
    assertTrue(text.startsWith("java "), text);
    assertTrue(text.contains("passed by fake: it has no delay"), text);
  }

  /**
   * A backend that says nothing of bits promises the least; the threshold is no longer a choice.
   */
  @Test
  void autoPassesByWhatCannotPromise() {
    PlanOptions frame = AUTO.withBits(Bits.FRAME).withThreshold(5);
    String text = chosen(planner(true), GAIN, frame);
    assertTrue(text.startsWith("java "), text);
    assertTrue(text.contains("fake: it promises bits repeat only, frame was asked for"), text);
    assertTrue(text.contains("bits frame"), text);
    try (Plan plan = planner(true).prepare(GAIN, FORMAT, frame)) {
      assertEquals(Bits.FRAME, plan.decision().options().bits());
    }
  }

  @Test
  void autoPassesByWhatDoesNotOpen() {
    String text = chosen(planner(false), GAIN, AUTO);
    assertTrue(text.startsWith("java "), text);
    assertTrue(text.contains("Small One is lost"), text);
  }

  @Test
  void explicitBackendDoesNotFallBack() {
    var e =
        assertThrows(
            BackendException.class, () -> chosen(planner(false), GAIN, AUTO.withBackend("fake")));
    assertTrue(e.getMessage().contains("Small One is lost"), e.getMessage());
  }

  @Test
  void ofSeveralTheFirstThatCanAndEveryRefusalIsSaid() {
    PlanOptions both = AUTO.withBackends("fake:big", "java");
    assertTrue(chosen(planner(true), GAIN, both).contains("Big One"));
    String text = chosen(planner(false), GAIN, AUTO.withBackends("FAKE:1", "fake:7", "java"));
    assertTrue(text.startsWith("java "), text);
    assertTrue(
        text.contains(
            "(as asked, passed by fake: Big One is lost; backend fake:7 has no such device"),
        text);
    String auto = chosen(planner(false), GAIN, AUTO.withBackends("fake", "auto"));
    assertTrue(auto.contains("passed by fake: Small One is lost; fake: Big One is lost)"), auto);
    requireRefusal("no backend 'jva' here", "fake, jva");
    var e =
        assertThrows(
            BackendException.class,
            () -> chosen(planner(false), GAIN, AUTO.withBackends("fake:0", "fake")));
    assertEquals(
        "no device can run this: fake: Small One is lost; fake: Big One is lost", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> AUTO.withBackend("fake,,java"));
    assertThrows(IllegalArgumentException.class, AUTO::withBackends);
  }

  @Test
  void deviceIsChosenByIndexOrName() {
    assertTrue(chosen(planner(true), GAIN, AUTO.withBackend("fake:1")).contains("Big One"));
    assertTrue(chosen(planner(true), GAIN, AUTO.withBackend("FAKE:big")).contains("Big One"));
    requireRefusal(
        "fake:7 has no such device, expected fake:0 (Small One) or fake:1 (Big One)", "fake:7");
  }

  @Test
  void unknownBackendIsNamedWithTheOnesThereAre() {
    requireRefusal("no backend 'opencl' here, expected auto or one of fake, java", "opencl");
  }

  @Test
  void fastIsRefusedByTheReference() {
    PlanOptions fast = AUTO.withBackend("java").withPrecision(Precision.FAST);
    var e = assertThrows(BackendException.class, () -> chosen(planner(true), GAIN, fast));
    assertTrue(e.getMessage().contains("float64 only"), e.getMessage());
  }

  @Test
  void serviceLoaderBringsTheReference() {
    assertEquals("java", Backends.all().getLast().name());
    assertTrue(Backends.devices().stream().anyMatch(DeviceDescription::available));
  }

  private static void requireRefusal(String message, String backend) {
    var e =
        assertThrows(
            BackendException.class, () -> chosen(planner(true), GAIN, AUTO.withBackend(backend)));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
