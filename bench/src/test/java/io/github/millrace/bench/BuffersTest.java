package io.github.millrace.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.host.CacheSize;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.PlanarLayout;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuffersTest {

  private static PlanarLayout layout(SampleType type, long frames) {
    return Buffers.layout(new StreamFormat(48_000, 2, type), frames);
  }

  @Test
  void rotateThroughAllPairs() {
    PlanarLayout layout = layout(SampleType.FLOAT32, 1 << 20);
    try (Buffers buffers = new Buffers(layout, layout, Buffers.uncached())) {
      Set<Long> places = new HashSet<>();
      for (int i = 0; i < buffers.pairs(); i++) {
        places.add(buffers.in().segment().address());
        places.add(buffers.out().segment().address());
        buffers.rotate();
      }
      assertEquals(2 * buffers.pairs(), places.size());
      long bytes = (places.size() * 2L * Float.BYTES) << 20;
      assertTrue(bytes >= Math.min(2 * CacheSize.lastLevel(), 512L << 20), "bytes: " + bytes);
      assertFalse(places.add(buffers.in().segment().address()));
    }
  }

  @Test
  void inputsAreTheSameWhiteNoise() {
    PlanarLayout layout = layout(SampleType.FLOAT64, 50_000);
    try (Buffers buffers = new Buffers(layout, layout, 2 * layout.byteSize() + 1)) {
      assertEquals(2, buffers.pairs());
      SignalBuffer first = buffers.in();
      buffers.rotate();
      assertEquals(-1, first.segment().mismatch(buffers.in().segment()));
      double power = 0;
      double lag = 0;
      double across = 0;
      for (int i = 1; i < 50_000; i++) {
        power += first.get(0, i) * first.get(0, i);
        lag += first.get(0, i) * first.get(0, i - 1);
        across += first.get(0, i) * first.get(1, i);
      }
      assertEquals(1.0 / 3, power / 50_000, 0.01);
      assertEquals(0, lag / 50_000, 0.01);
      assertEquals(0, across / 50_000, 0.01);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1, channels is 0", "1, 0, frames is 0", "2, 9000000000000000000, frames is 9"})
  void sizesAreChecked(int channels, long frames, String message) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new BenchCase(
                    Workload.MEMCPY, SampleType.FLOAT32, channels, frames, PlanOptions.DEFAULTS));
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }
}
