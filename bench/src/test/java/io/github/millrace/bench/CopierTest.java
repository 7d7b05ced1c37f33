package io.github.millrace.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.PlanarLayout;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both ways to copy copy everything, and only that, with any number of threads. */
class CopierTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "2, 1, 1",
    "1, 1, 100003",
    "2, 1, 100003",
    "3, 2, 50001",
    "7, 5, 4097",
    "4, 300, 64"
  })
  void copiesEverything(int threads, int channels, long frames) {
    for (SampleType type : SampleType.values()) {
      for (CopyMethod method : CopyMethod.values()) {
        copiesEverything(copy(type, channels, frames, threads), method);
      }
    }
  }

  private static void copiesEverything(BenchCase bench, CopyMethod method) {
    PlanarLayout layout = Buffers.layout(bench.format(), bench.frames());
    Buffers buffers = new Buffers(layout, layout, 1);
    try (Copier copier = new Copier(bench, buffers)) {
      SignalBuffer in = buffers.in();
      SignalBuffer out = buffers.out();
      copier.copy(method);
      for (int plane = 0; plane < bench.channels(); plane++) {
        assertEquals(-1, in.plane(plane).mismatch(out.plane(plane)), method.label() + plane);
      }
      copier.check(method);
      assertEquals(bench.frames() * bench.channels(), copier.samples());
    }
  }

  @Test
  void writesNothingBehindTheEnd() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment from = arena.allocate(1000).fill((byte) 1);
      MemorySegment to = arena.allocate(1000);
      for (CopyMethod method : CopyMethod.values()) {
        to.fill((byte) 0);
        method.copy(from.asSlice(0, 999), to.asSlice(0, 999));
        assertEquals(1, to.get(ValueLayout.JAVA_BYTE, 998), method.label());
        assertEquals(0, to.get(ValueLayout.JAVA_BYTE, 999), method.label());
      }
    }
  }

  @Test
  void aDifferenceIsFound() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment from = arena.allocate(1000);
      MemorySegment to = arena.allocate(1000);
      Copier.requireEqual("copy", from, to);
      to.set(ValueLayout.JAVA_BYTE, 7, (byte) 1);
      WrongOutputException e =
          assertThrows(WrongOutputException.class, () -> Copier.requireEqual("copy", from, to));
      assertEquals("copy: byte 7 differs from the original", e.getMessage());
    }
  }

  private static BenchCase copy(SampleType type, int channels, long frames, int threads) {
    return new BenchCase(
        Workload.MEMCPY, type, channels, frames, PlanOptions.DEFAULTS.withThreads(threads));
  }
}
