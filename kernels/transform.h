/* The discrete Fourier transform of LENGTH complex numbers, a power of two of at least 2 ITEMS, in memory on the chip,
 * by a work-group: decimation in frequency leaves the bins in bit-reversed order, decimation in time takes them so and
 * scales by nothing (Oppenheim and Schafer, Discrete-Time Signal Processing, 3rd ed., section 9.3). The roots are
 * exp(-2 pi i k / LENGTH) for k below LENGTH / 2, real part first. */

/* Bins of the numbers, in bit-reversed order. */
FUNCTION void transform(LOCAL REAL *re, LOCAL REAL *im, GLOBAL const REAL *roots) {
  for (int span = LENGTH / 2; span > 0; span /= 2) {
    BARRIER;
    for (int j = ITEM; j < LENGTH / 2; j += ITEMS) {
      int k = j % span, a = 2 * j - k, b = a + span, root = k * (LENGTH / 2 / span);
      REAL c = roots[2 * root], s = roots[2 * root + 1];
      REAL x = re[a] - re[b], y = im[a] - im[b];
      re[a] += re[b];
      im[a] += im[b];
      re[b] = c * x - s * y;
      im[b] = c * y + s * x;
    }
  }
  BARRIER;
}

/* LENGTH times the numbers of bins in bit-reversed order. */
FUNCTION void transform_back(LOCAL REAL *re, LOCAL REAL *im, GLOBAL const REAL *roots) {
  for (int span = 1; span < LENGTH; span *= 2) {
    BARRIER;
    for (int j = ITEM; j < LENGTH / 2; j += ITEMS) {
      int k = j % span, a = 2 * j - k, b = a + span, root = k * (LENGTH / 2 / span);
      REAL c = roots[2 * root], s = roots[2 * root + 1];
      REAL x = c * re[b] + s * im[b], y = c * im[b] - s * re[b];
      re[b] = re[a] - x;
      im[b] = im[a] - y;
      re[a] += x;
      im[a] += y;
    }
  }
  BARRIER;
}
