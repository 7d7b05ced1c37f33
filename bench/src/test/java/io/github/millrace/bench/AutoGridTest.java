package io.github.millrace.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.backend.Backend;
import io.github.millrace.bench.grid.AutoGrid;
import io.github.millrace.bench.grid.GridRow;
import io.github.millrace.choice.Backends;
import io.github.millrace.choice.Environment;
import io.github.millrace.choice.cost.Profile;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.SampleType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AutoGridTest {

  private static final BenchCase POINT =
      new BenchCase(Workload.fir(5), SampleType.FLOAT32, 2, 500, PlanOptions.DEFAULTS);

  private static AutoGrid grid(String... names) {
    List<Backend> backends =
        Backends.all().stream().filter(one -> List.of(names).contains(one.name())).toList();
    return new AutoGrid(backends, Environment.of(Profile.EMPTY), new Rounds(0, 100_000, 3));
  }

  @Test
  void thereAreThirtyDifferentPoints() {
    assertEquals(30, AutoGrid.points().size());
    assertEquals(30, AutoGrid.points().stream().distinct().count());
  }

  @Test
  void aPointIsMeasuredOnEachBackendAndOnAuto() {
    GridRow row = grid("java").measure(POINT);
    assertEquals("java", row.best());
    assertEquals("java", row.chosen());
    assertTrue(row.ratio() > 0);
    assertTrue(Double.isNaN(row.prediction()));
    assertEquals(List.of("java"), List.copyOf(row.seconds().keySet()));
  }

  @Test
  void aWrongOutputHasNoTime() {
    assertThrows(WrongOutputException.class, () -> grid("java", "faulty").measure(POINT));
  }

  @Test
  void ratiosAreOfTheBest() {
    GridRow row =
        new GridRow(
            POINT, Map.of("a", 4e-6, "b", 2e-6), Map.of("a", 1e-6, "b", Double.NaN), "a", 3e-6);
    assertEquals("b", row.best());
    assertEquals(1.5, row.ratio(), 1e-12);
    assertEquals(0.25, row.prediction("a"), 1e-12);
    assertEquals(1 / 3.0, row.prediction(), 1e-12);
    assertTrue(GridRow.isWithinTwo(0.5) && GridRow.isWithinTwo(2));
    assertTrue(!GridRow.isWithinTwo(0.49) && !GridRow.isWithinTwo(Double.NaN));
  }
}
