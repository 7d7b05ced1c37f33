package io.github.millrace.design.roots;

import java.util.function.DoubleUnaryOperator;

/**
 * The minimum of a function on an interval by golden sections and parabolas.
 *
 * <p>Source: R. P. Brent, Algorithms for Minimization Without Derivatives, 1973, chapter 5; start,
 * steps and tolerance are those of SciPy's fminbound, so that order estimates agree with SciPy's.
 */
public final class BoundedMinimum {

  private static final double GOLDEN = (3 - Math.sqrt(5)) / 2;
  private static final double TOLERANCE = 1e-5;
  private static final int MAX_EVALUATIONS = 500;

  private final DoubleUnaryOperator function;
  private double low;
  private double high;
  private Sample best;
  private Sample second;
  private Sample third;
  private double step;
  private double stepBefore;

  private BoundedMinimum(DoubleUnaryOperator function, double low, double high) {
    this.function = function;
    this.low = low;
    this.high = high;
    this.best = sample(low + GOLDEN * (high - low));
    this.second = best;
    this.third = best;
  }

  /** Where the function is smallest between low and high, to about 1e-5. */
  public static double of(DoubleUnaryOperator function, double low, double high) {
    return new BoundedMinimum(function, low, high).search();
  }

  private double search() {
    for (int evaluations = 1; evaluations < MAX_EVALUATIONS; evaluations++) {
      if (Math.abs(best.x - middle()) <= 2 * tolerance() - (high - low) / 2) {
        return best.x;
      }
      if (!parabolicStep()) {
        stepBefore = best.x >= middle() ? low - best.x : high - best.x;
        step = GOLDEN * stepBefore;
      }
      double length = Math.max(Math.abs(step), tolerance());
      accept(sample(best.x + (step < 0 ? -length : length)));
    }
    return best.x;
  }

  /** Steps to the vertex of the parabola through the best three points, where that is sensible. */
  private boolean parabolicStep() {
    if (Math.abs(stepBefore) <= tolerance()) {
      return false;
    }
    double r = (best.x - second.x) * (best.value - third.value);
    double q = (best.x - third.x) * (best.value - second.value);
    double numerator = (best.x - third.x) * q - (best.x - second.x) * r;
    double denominator = 2 * (q - r);
    if (denominator > 0) {
      numerator = -numerator;
    }
    denominator = Math.abs(denominator);
    double limit = Math.abs(denominator * stepBefore / 2);
    stepBefore = step;
    if (!(Math.abs(numerator) < limit
        && numerator > denominator * (low - best.x)
        && numerator < denominator * (high - best.x))) {
      return false;
    }
    step = numerator / denominator;
    double x = best.x + step;
    if (x - low < 2 * tolerance() || high - x < 2 * tolerance()) {
      step = best.x <= middle() ? tolerance() : -tolerance();
    }
    return true;
  }

  private void accept(Sample next) {
    if (next.value <= best.value) {
      if (next.x >= best.x) {
        low = best.x;
      } else {
        high = best.x;
      }
      third = second;
      second = best;
      best = next;
      return;
    }
    if (next.x < best.x) {
      low = next.x;
    } else {
      high = next.x;
    }
    if (next.value <= second.value || second.x == best.x) {
      third = second;
      second = next;
    } else if (next.value <= third.value || third.x == best.x || third.x == second.x) {
      third = next;
    }
  }

  private double middle() {
    return (low + high) / 2;
  }

  private double tolerance() {
    return Math.sqrt(Math.ulp(1.0)) * Math.abs(best.x) + TOLERANCE / 3;
  }

  private Sample sample(double x) {
    return new Sample(x, function.applyAsDouble(x));
  }

  private record Sample(double x, double value) {}
}
