package io.github.millrace.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.bench.FaultyBackend.Fault;
import io.github.millrace.design.Band;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Iir;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchTest {

  private static final List<String> FIELDS =
      List.of(
          "bench",
          "backend",
          "device",
          "type",
          "precision",
          "sections",
          "taps",
          "channels",
          "frames",
          "threads",
          "samplesPerSecond",
          "memcpySamplesPerSecond",
          "fractionOfMemcpy",
          "maxError");

  private static BenchCase bench(Workload workload, String backend) {
    PlanOptions options = PlanOptions.DEFAULTS.withBackend(backend).withThreads(1);
    return new BenchCase(workload, SampleType.FLOAT32, 2, 3000, options);
  }

  @Test
  void aRowSaysWhatWasMeasured() {
    List<BenchRow> rows = Bench.run(bench(Workload.cascade(3, true), "java"));
    assertEquals(1, rows.size());
    Map<String, Object> fields = rows.getFirst().fields();
    assertEquals(FIELDS, List.copyOf(fields.keySet()));
    assertEquals(
        List.of("cascade", "java", "f32", "precise", 3, 0, 2, 3000L, 1),
        FIELDS.stream()
            .limit(10)
            .filter(field -> !field.equals("device"))
            .map(fields::get)
            .toList());
    double speed = (double) fields.get("samplesPerSecond");
    double copy = (double) fields.get("memcpySamplesPerSecond");
    assertTrue(speed > 1e4 && copy > speed, speed + ", " + copy);
    assertEquals(speed / copy, (double) fields.get("fractionOfMemcpy"), 1e-12);
    assertTrue((double) fields.get("maxError") <= 0x1p-24);
  }

  @Test
  void aCopyHasTwoRows() {
    List<BenchRow> rows = Bench.run(bench(Workload.MEMCPY, "auto"));
    assertEquals(List.of("libc", "java"), rows.stream().map(BenchRow::backend).toList());
    double best = rows.stream().mapToDouble(BenchRow::samplesPerSecond).max().orElseThrow();
    for (BenchRow row : rows) {
      assertEquals(best, row.memcpySamplesPerSecond());
      assertEquals(0, row.maxError());
    }
  }

  @Test
  void aWrongResultHasNoSpeed() {
    BenchCase wrong = bench(Workload.fir(63), Fault.SLIGHT.backend());
    assertThrows(WrongOutputException.class, () -> Bench.run(wrong));
  }

  @Test
  void workloadsAreWhatTheirNamesSay() {
    StreamFormat format = new StreamFormat(48_000, 1, SampleType.FLOAT64);
    assertEquals(
        Iir.butterworth(8, Band.low(480)).lower(format),
        Workload.cascade(4, false).pipeline().stages().getFirst());
    assertEquals(
        Iir.butterworth(2, Band.low(24)).lower(format),
        Workload.cascade(1, true).pipeline().stages().getFirst());
    assertEquals(255, ((Fir) Workload.fir(255).pipeline().stages().getFirst()).length());
    assertEquals(
        44_100, Workload.resample().pipeline().stages().getFirst().output(format).sampleRate());
    assertThrows(IllegalArgumentException.class, () -> Workload.cascade(0, false));
    assertThrows(IllegalArgumentException.class, () -> Workload.fir(0));
  }

  @Test
  void aCaseIsDescribedInShort() {
    assertEquals(
        "cascade f32 precise, sections: 3", bench(Workload.cascade(3, true), "java").describe());
    assertEquals("fir f32 precise, taps: 63", bench(Workload.fir(63), "java").describe());
    assertEquals("resample f32 precise", bench(Workload.resample(), "java").describe());
  }
}
