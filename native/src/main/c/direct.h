/*
 * A finite impulse response, in one format: y[n] = sum of h[k] x[n - k] along a line of reals.
 *
 * Term by term, vectors of adjacent outputs are kept in registers, SUMS of them. The taps are taken in columns r,
 * r + LANES, r + 2 LANES, ...: an input vector at offset r then serves every tap of the column, for another output each.
 * So a load, which straddles two cache lines at nearly every offset, feeds TERMS multiply-adds. Every output adds its
 * terms in one order, wherever it lies in a tile and wherever a run starts.
 */

/* Outputs of a tile and taps of a column taken together: with one input vector they fit the registers, 32 or 16. */
#if defined(__AVX512F__) || defined(__aarch64__)
#define SUMS 16
#else
#define SUMS 8
#endif
#define TERMS 4

/* Most taps of one sum: with 255 taps in float32 arithmetic the error is 2.5e-7 of the output. */
#define CHUNK 256

/* Adds `count` columns of `terms` taps; x is where the first output's term of the first tap lies. */
INLINE void N(columns)(rvec *sums, const int tile, const REAL *taps, const REAL *x, int64_t count, const int terms) {
  for (int64_t r = 0; r < count; r++) {
    rvec h[TERMS];
    UNROLL for (int q = 0; q < terms; q++) h[q] = R(splat)(taps[r + q * LANES]);
    UNROLL for (int m = 0; m < tile + terms - 1; m++) {
      rvec v = R(load)(x + r + m * LANES);
      if (terms > 1) IN_REGISTER(v);
      UNROLL for (int q = 0; q < terms; q++) {
        if (m - q >= 0 && m - q < tile) sums[m - q] = R(madd)(h[q], v, sums[m - q]);
      }
    }
  }
}

/* y[i] = sum of taps[k] x[i + k] for `tile` vectors of i. */
INLINE void N(sum_chunk)(const int tile, const REAL *taps, int64_t count, const REAL *x, REAL *y) {
  rvec sums[SUMS];
  UNROLL for (int i = 0; i < tile; i++) sums[i] = R(splat)(0);
  int64_t k = 0;
  for (; k + TERMS * LANES <= count; k += TERMS * LANES) N(columns)(sums, tile, taps + k, x + k, LANES, TERMS);
  /* the last columns: `longer` of them have one tap more than the others */
  int64_t terms = (count - k) / LANES, longer = (count - k) % LANES;
  const REAL *h = taps + k, *from = x + k;
  switch (terms) {
    case 0:
      N(columns)(sums, tile, h, from, longer, 1);
      break;
    case 1:
      N(columns)(sums, tile, h, from, longer, 2);
      N(columns)(sums, tile, h + longer, from + longer, LANES - longer, 1);
      break;
    case 2:
      N(columns)(sums, tile, h, from, longer, 3);
      N(columns)(sums, tile, h + longer, from + longer, LANES - longer, 2);
      break;
    default:
      N(columns)(sums, tile, h, from, longer, 4);
      N(columns)(sums, tile, h + longer, from + longer, LANES - longer, 3);
      break;
  }
  UNROLL for (int i = 0; i < tile; i++) R(store)(y + i * LANES, sums[i]);
}

/* The same for any number of taps: chunk after chunk, since a long sum in float32 gathers too many roundings. */
INLINE void N(sum_tile)(const int tile, const REAL *taps, int64_t count, const REAL *x, REAL *y) {
  if (count <= CHUNK) {
    N(sum_chunk)(tile, taps, count, x, y);
    return;
  }
  double wide[SUMS * LANES] = {0};
  for (int64_t k = 0; k < count; k += CHUNK) {
    N(sum_chunk)(tile, taps + k, count - k < CHUNK ? count - k : CHUNK, x + k, y);
    for (int64_t i = 0; i < tile * LANES; i++) wide[i] += (double)y[i];
  }
  for (int64_t i = 0; i < tile * LANES; i++) y[i] = (REAL)wide[i];
}

/* The same for `frames` outputs; up to a tile less one beyond them are written too. */
static void N(sum_direct)(const REAL *taps, int64_t count, const REAL *x, REAL *y, int64_t frames) {
  int64_t i = 0;
  for (; i + (SUMS - 4) * LANES < frames; i += SUMS * LANES) N(sum_tile)(SUMS, taps, count, x + i, y + i);
  for (; i + LANES < frames; i += 4 * LANES) N(sum_tile)(4, taps, count, x + i, y + i);
  for (; i < frames; i += LANES) N(sum_tile)(1, taps, count, x + i, y + i);
}

/* Reals that a sum may look at beyond the line, and write beyond its outputs. */
#define SLACK (SUMS * LANES)

#undef TERMS
#undef CHUNK
