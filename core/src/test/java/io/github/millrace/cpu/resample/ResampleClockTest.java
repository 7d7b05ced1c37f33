package io.github.millrace.cpu.resample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Where output frames lie, against exact integers of any size. */
class ResampleClockTest {

  private static BigInteger big(long value) {
    return BigInteger.valueOf(value);
  }

  private static BigInteger ceiling(BigInteger a, BigInteger b) {
    return a.add(b).subtract(BigInteger.ONE).divide(b);
  }

  @Test
  void positionsAreExactForSignalsOfAnyLength() {
    Random random = new Random(11);
    for (int trial = 0; trial < 20_000; trial++) {
      int up = 1 + random.nextInt(random.nextBoolean() ? 65_536 : 200);
      int down = 1 + random.nextInt(random.nextBoolean() ? 65_536 : 200);
      int half = 4 + random.nextInt(1000);
      long read = random.nextLong(1L << (1 + random.nextInt(60)));
      ResampleClock clock = new ResampleClock(up, down, half);
      BigInteger done = big(Math.max(0, read - half));
      BigInteger written = ceiling(done.multiply(big(up)), big(down));
      assertEquals(written.longValue(), clock.written(read));
      BigInteger position = written.multiply(big(down));
      assertEquals(position.mod(big(up)).intValue(), clock.phase(read));
      long frame = position.divide(big(up)).longValueExact();
      assertEquals(frame - (read - half), clock.skip(read));
    }
  }

  @Test
  void theMostIsReachedAndNeverPassed() {
    for (int[] factors : new int[][] {{1, 1}, {160, 147}, {147, 640}, {7, 3}, {1, 5}, {4, 1}}) {
      ResampleClock clock = new ResampleClock(factors[0], factors[1], 8);
      for (int count : new int[] {0, 1, 2, 5, 100}) {
        long most = 0;
        for (int read = 0; read < 2000; read++) {
          most = Math.max(most, clock.written(read + count) - clock.written(read));
        }
        assertEquals(most, clock.most(count), factors[0] + " / " + factors[1] + ", " + count);
      }
    }
    assertEquals(Long.MAX_VALUE, new ResampleClock(65_536, 1, 8).most(1L << 50));
  }
}
