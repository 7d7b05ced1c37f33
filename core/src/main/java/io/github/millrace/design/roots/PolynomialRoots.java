package io.github.millrace.design.roots;

import io.github.millrace.design.Complex;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The roots of a real polynomial: the eigenvalues of its balanced companion matrix, by the implicit
 * double-shift QR iteration, which keeps complex roots in exact conjugate pairs.
 *
 * <p>Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 2013, sections 7.5.4 to 7.5.6;
 * balancing after E. E. Osborne, On pre-conditioning of matrices, 1960.
 */
public final class PolynomialRoots {

  private static final int MAX_ITERATIONS = 60;

  private final double[][] h;

  private PolynomialRoots(double[][] h) {
    this.h = h;
  }

  /** All roots of a polynomial, highest power first, its first coefficient not 0. */
  public static List<Complex> of(double[] coefficients) {
    int degree = coefficients.length - 1;
    int atZero = 0;
    while (atZero < degree && coefficients[degree - atZero] == 0) {
      atZero++;
    }
    List<Complex> roots = new ArrayList<>(Collections.nCopies(atZero, Complex.ZERO));
    int size = degree - atZero;
    if (size > 0) {
      double[][] companion = new double[size][size];
      for (int i = 0; i < size; i++) {
        companion[0][i] = -coefficients[i + 1] / coefficients[0];
        if (i > 0) {
          companion[i][i - 1] = 1;
        }
      }
      roots.addAll(new PolynomialRoots(companion).eigenvalues());
    }
    return roots;
  }

  private List<Complex> eigenvalues() {
    balance();
    List<Complex> values = new ArrayList<>();
    int end = h.length;
    int iterations = 0;
    while (end > 0) {
      int start = blockStart(end);
      if (start == end - 1) {
        values.add(Complex.real(h[end - 1][end - 1]));
      } else if (start == end - 2) {
        values.addAll(blockEigenvalues(end - 2));
      } else if (iterations++ < MAX_ITERATIONS) {
        sweep(start, end, iterations % 10 == 0);
        continue;
      } else {
        throw new IllegalStateException(
            "the roots of a polynomial of degree " + h.length + " did not converge");
      }
      end = start;
      iterations = 0;
    }
    return values;
  }

  /** Scales rows and columns by powers of 2 until their norms are alike. */
  private void balance() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = 0; i < h.length; i++) {
        double row = 0;
        double column = 0;
        for (int j = 0; j < h.length; j++) {
          row += j == i ? 0 : Math.abs(h[i][j]);
          column += j == i ? 0 : Math.abs(h[j][i]);
        }
        int power = row == 0 || column == 0 ? 0 : Math.getExponent(row / column) / 2;
        if (power != 0) {
          changed = true;
          scale(i, power);
        }
      }
    }
  }

  private void scale(int i, int power) {
    for (int j = 0; j < h.length; j++) {
      h[i][j] = Math.scalb(h[i][j], -power);
    }
    for (int j = 0; j < h.length; j++) {
      h[j][i] = Math.scalb(h[j][i], power);
    }
  }

  /** The first row of the unreduced block that ends before {@code end}. */
  private int blockStart(int end) {
    for (int i = end - 1; i > 0; i--) {
      double neighbours = Math.abs(h[i - 1][i - 1]) + Math.abs(h[i][i]);
      if (neighbours == 0) { // as in an even polynomial, whose roots are pairs of opposite sign
        neighbours = i > 1 ? Math.abs(h[i - 1][i - 2]) : 0;
        neighbours += i + 1 < end ? Math.abs(h[i + 1][i]) : 0;
      }
      if (Math.abs(h[i][i - 1]) <= Math.ulp(1.0) / 2 * neighbours) {
        h[i][i - 1] = 0;
        return i;
      }
    }
    return 0;
  }

  private List<Complex> blockEigenvalues(int i) {
    double a = h[i][i];
    double d = h[i + 1][i + 1];
    double product = h[i][i + 1] * h[i + 1][i];
    double half = (a - d) / 2;
    double discriminant = half * half + product;
    if (discriminant < 0) {
      Complex root = new Complex((a + d) / 2, Math.sqrt(-discriminant));
      return List.of(root, root.conjugate());
    }
    double offset = half + Math.copySign(Math.sqrt(discriminant), half);
    double first = d + offset;
    double second = offset == 0 ? d : d - product / offset;
    return List.of(Complex.real(first), Complex.real(second));
  }

  /** One Francis step on the rows from start to end; an exceptional shift breaks rare cycles. */
  private void sweep(int start, int end, boolean exceptional) {
    int n = end - 1;
    double[] shifts = exceptional ? exceptionalShifts(n) : shifts(n);
    double sum = shifts[0];
    double product = shifts[1];
    double x =
        h[start][start] * (h[start][start] - sum)
            + h[start][start + 1] * h[start + 1][start]
            + product;
    double y = h[start + 1][start] * (h[start][start] + h[start + 1][start + 1] - sum);
    double z = h[start + 1][start] * h[start + 2][start + 1];
    for (int k = start; k < n; k++) {
      int rows = Math.min(3, n - k + 1);
      reflect(k, new double[] {x, y, rows == 3 ? z : 0}, new int[] {Math.max(start, k - 1), end});
      for (int i = k + 1; k > start && i < Math.min(k + 3, end); i++) {
        h[i][k - 1] = 0;
      }
      x = h[k + 1][k];
      y = k + 2 <= n ? h[k + 2][k] : 0;
      z = k + 3 <= n ? h[k + 3][k] : 0;
    }
  }

  /**
   * Sum and product of the eigenvalues of the last two rows; where they are real, of the one nearer
   * to the last element, twice: two of opposite sign keep a cycle between multiple roots of
   * opposite sign, as the zeros of band-passes are.
   */
  private double[] shifts(int n) {
    double a = h[n - 1][n - 1];
    double d = h[n][n];
    double product = h[n - 1][n] * h[n][n - 1];
    double half = (a - d) / 2;
    double discriminant = half * half + product;
    if (discriminant < 0) {
      return new double[] {a + d, a * d - product};
    }
    double offset = half + Math.copySign(Math.sqrt(discriminant), half);
    double nearer = offset == 0 ? d : d - product / offset;
    return new double[] {2 * nearer, nearer * nearer};
  }

  private double[] exceptionalShifts(int n) {
    double size = Math.abs(h[n][n - 1]) + Math.abs(h[n - 1][n - 2]);
    double centre = h[n][n] + 0.75 * size;
    return new double[] {2 * centre, centre * centre + 0.4375 * size * size};
  }

  /** Applies the reflection that maps v to a multiple of e1, to rows and columns k, k+1, k+2. */
  private void reflect(int k, double[] v, int[] range) {
    double norm = Math.copySign(Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]), v[0]);
    if (norm == 0) {
      return;
    }
    double[] u = {v[0] + norm, v[1], v[2]};
    double beta = 1 / (norm * u[0]);
    int size = Math.min(3, range[1] - k);
    for (int j = range[0]; j < range[1]; j++) {
      double dot = 0;
      for (int i = 0; i < size; i++) {
        dot += u[i] * h[k + i][j];
      }
      for (int i = 0; i < size; i++) {
        h[k + i][j] -= beta * dot * u[i];
      }
    }
    int last = Math.min(range[1], k + 4);
    for (int i = 0; i < last; i++) {
      double dot = 0;
      for (int j = 0; j < size; j++) {
        dot += u[j] * h[i][k + j];
      }
      for (int j = 0; j < size; j++) {
        h[i][k + j] -= beta * dot * u[j];
      }
    }
  }
}
