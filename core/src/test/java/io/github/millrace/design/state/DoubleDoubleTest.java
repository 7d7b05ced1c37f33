package io.github.millrace.design.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DoubleDoubleTest {
  private static final double UNIT = 0x1p-106;

  @Test
  void operationsAreWithinTheirBounds() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      DoubleDouble x = number(random);
      DoubleDouble y = number(random);
      double z = random.nextGaussian();
      assertClose(exact(x).add(exact(y)), x.plus(y), 3 * UNIT);
      assertClose(exact(x).subtract(exact(y)), x.minus(y), 3 * UNIT);
      assertClose(exact(x).multiply(exact(y)), x.times(y), 6 * UNIT);
      assertClose(exact(x).multiply(new BigDecimal(z)), x.times(z), 3 * UNIT);
    }
  }

  /** Sums that cancel keep their relative accuracy. */
  @Test
  void differencesOfNeighboursKeepTheirBits() {
    Random random = new Random(2);
    for (int i = 0; i < 5_000; i++) {
      DoubleDouble x = number(random);
      DoubleDouble y = x.times(1 + random.nextInt(1000) * 0x1p-50);
      assertClose(exact(x).subtract(exact(y)), x.minus(y), 3 * UNIT);
    }
  }

  private static DoubleDouble number(Random random) {
    double high = Math.scalb(random.nextGaussian(), random.nextInt(41) - 20);
    double low = 0.5 * Math.ulp(high) * (2 * random.nextDouble() - 1);
    return new DoubleDouble(high + low, low - ((high + low) - high));
  }

  private static BigDecimal exact(DoubleDouble x) {
    return new BigDecimal(x.hi()).add(new BigDecimal(x.lo()));
  }

  private static void assertClose(BigDecimal expected, DoubleDouble actual, double bound) {
    BigDecimal error = exact(actual).subtract(expected).abs();
    if (expected.signum() == 0) {
      assertEquals(0, error.signum());
      return;
    }
    double relative = error.divide(expected.abs(), MathContext.DECIMAL64).doubleValue();
    assertTrue(relative <= bound, () -> "relative error " + relative + ", bound " + bound);
    assertEquals(actual.hi(), actual.hi() + actual.lo(), 0.0);
    assertEquals(actual.hi(), actual.toDouble(), 0.0);
  }

  @Test
  void zeroAndOneAreNeutral() {
    DoubleDouble third = DoubleDouble.ONE.plus(DoubleDouble.of(0x1p-80));
    assertEquals(third, third.plus(DoubleDouble.ZERO));
    assertEquals(third, third.times(DoubleDouble.ONE));
    assertEquals(0x1p-80, third.minus(DoubleDouble.ONE).toDouble(), 0.0);
  }
}
