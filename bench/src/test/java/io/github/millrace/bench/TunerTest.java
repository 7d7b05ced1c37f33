package io.github.millrace.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.backend.Backend;
import io.github.millrace.bench.tune.Effort;
import io.github.millrace.bench.tune.Tuner;
import io.github.millrace.choice.Backends;
import io.github.millrace.choice.cost.DeviceKey;
import io.github.millrace.choice.cost.PathCost;
import io.github.millrace.choice.cost.Profile;
import io.github.millrace.choice.cost.ProfileText;
import io.github.millrace.choice.cost.StageKind;
import io.github.millrace.choice.cost.StepCost;
import io.github.millrace.choice.cost.StepKey;
import io.github.millrace.signal.SampleType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Profiles of real kernels, and of backends that lie. */
class TunerTest {

  private static final Effort SMALL =
      new Effort(new Rounds(0, 100_000, 3), 1 << 14, 2_000, Long.MAX_VALUE);

  private static Backend backend(String name) {
    return Backends.all().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }

  private final List<String> told = new ArrayList<>();

  private Tuner.Result tune(String name) {
    return new Tuner(
            List.of(backend(name)),
            SMALL,
            (done, total, next) -> told.add(done + " of " + total + " " + next))
        .run();
  }

  /** Only what is right is written; what is off by less than float32 arithmetic passes for that. */
  @Test
  void aRowOfALyingDeviceIsNeverWritten() {
    Tuner.Result result = tune("faulty");
    assertEquals(Set.of("NONE"), devices(result, SampleType.FLOAT64));
    assertEquals(Set.of("SLIGHT", "NONE"), devices(result, SampleType.FLOAT32));
    assertEquals(
        Set.of("SLIGHT", "NONE"),
        result.profile().devices().keySet().stream()
            .map(DeviceKey::device)
            .collect(Collectors.toSet()));
    assertTrue(
        result.notes().stream()
            .anyMatch(note -> note.startsWith("faulty:0 fir") && note.contains("output differs")),
        () -> result.notes().toString());
    assertTrue(result.notes().stream().noneMatch(note -> note.startsWith("faulty:3")));
  }

  private static Set<String> devices(Tuner.Result result, SampleType arithmetic) {
    return result.profile().steps().keySet().stream()
        .filter(key -> key.arithmetic() == arithmetic)
        .map(key -> key.device().device())
        .collect(Collectors.toSet());
  }

  @Test
  void everyKindIsMeasuredInEveryFormat() {
    Tuner.Result result = tune("java");
    assertEquals(List.of(), result.notes());
    assertTrue(result.complete());
    Profile profile = result.profile();
    DeviceKey device = DeviceKey.of(backend("java").devices().getFirst());
    int cores = Runtime.getRuntime().availableProcessors();
    for (SampleType type : SampleType.values()) {
      for (StageKind kind : StageKind.values()) {
        for (int threads : Set.of(1, cores)) {
          StepCost cost =
              profile.steps().get(new StepKey(device, type, SampleType.FLOAT64, kind, threads));
          assertNotNull(cost, kind + " was not measured: is it in Probe.all()?");
          PathCost path = cost.sequential();
          double nanos = path.nanos(1 << 14, 1, 1);
          assertTrue(nanos > 0 && nanos < 1e9, kind + ": " + nanos + " ns");
          assertTrue(cost.parallel().isEmpty());
        }
      }
    }
    assertEquals(0, profile.cost(device).orElseThrow().startNanos());
    assertFalse(profile.cost(device).orElseThrow().up().isPresent());
    assertEquals(told.size(), Set.copyOf(told).size());
    assertTrue(told.getFirst().startsWith("0 of " + told.size() + " java:0 "), told.getFirst());
    Profile.Reading reading = ProfileText.read(ProfileText.write(profile, "test"));
    assertEquals(List.of(), reading.warnings());
    assertEquals(profile.steps().keySet(), reading.profile().steps().keySet());
  }

  /**
   * By a clock that a second goes by on at each look; what was measured so far is there at once.
   */
  @Test
  void whatThereIsNoTimeForIsLeftOut() {
    long second = 1_000_000_000L;
    AtomicLong now = new AtomicLong(-3 * second);
    Effort short5 = new Effort(SMALL.rounds(), 1 << 14, 2_000, 5 * second);
    List<Integer> soFar = new ArrayList<>();
    Tuner[] tuner = new Tuner[1];
    tuner[0] =
        new Tuner(
            List.of(backend("java")),
            short5,
            (done, total, next) -> soFar.add(tuner[0].soFar().profile().steps().size()),
            () -> now.getAndAdd(second));
    Tuner.Result result = tuner[0].run();
    assertEquals(List.of(0, 1, 2, 3), soFar);
    assertEquals(4, result.profile().steps().size());
    assertEquals(1, result.profile().devices().size());
    assertFalse(result.complete());
    assertEquals(1, result.notes().size());
    assertTrue(
        result.notes().getFirst().matches("out of time: \\d+ of \\d+ measurements left out"),
        result.notes().getFirst());
  }
}
