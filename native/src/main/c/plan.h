/*
 * The tables of a filter's transforms, in one format: computed in float64 and rounded once.
 *
 * Where roots come from: a node at depth d of splits by two is modulo z^m - exp(2 pi i a), a in turns; the first has
 * a = 1/4, and the two parts of a node have a / 2 and a / 2 + 1/2.
 */

/* Memory of the tables of one length, in reals. */
static int64_t N(spectrum_roots)(int64_t half) {
  int64_t roots = half / BLOCK_SIZE;
  while (roots >= 4) roots /= 4;
  return roots;
}

static int64_t N(spectrum_nodes)(int64_t half) {
  int64_t count = 0;
  for (int64_t nodes = N(spectrum_roots)(half); nodes < half / BLOCK_SIZE; nodes *= 4) count += nodes;
  return count;
}

static int64_t N(spectrum_reals)(int64_t half) {
  return 16 + (N(spectrum_nodes)(half) + 1) / 2 * 2 * NODE_TABLE + half / BLOCK_SIZE * BLOCK_TABLE;
}

/* Where the parts of a table lie. */
static N(spectrum) N(spectrum_of)(int64_t length, const REAL *table) {
  int64_t half = length / 2;
  const REAL *nodes = table + 16;
  return (N(spectrum)){
      .half = half,
      .roots = N(spectrum_roots)(half),
      .first = table,
      .nodes = nodes,
      .blocks = nodes + (N(spectrum_nodes)(half) + 1) / 2 * 2 * NODE_TABLE,
  };
}

static double N(turns)(int64_t depth, int64_t at) {
  double a = 0.25;
  for (int64_t bit = depth - 1; bit >= 0; bit--) a = a / 2 + (double)(at >> bit & 1) / 2;
  return a;
}

/* t, t^2, t^3 of a node that splits by four; they go to to[0], to[step], ..., a real and an imaginary part each. */
static void N(put_twiddles)(int64_t depth, int64_t at, REAL *to, int64_t step) {
  const double pi = 3.14159265358979323846;
  double a = N(turns)(depth, at) / 4;
  for (int j = 0; j < 3; j++) {
    to[2 * j * step] = (REAL)cos(2 * pi * (j + 1) * a);
    to[(2 * j + 1) * step] = (REAL)sin(2 * pi * (j + 1) * a);
  }
}

/* The taps modulo each factor z - root, over M, in place: x [M] real, then [M] imaginary parts. */
static void N(filter_values)(int64_t half, double *x) {
  const double pi = 3.14159265358979323846;
  double *im = x + half;
  int64_t depth = 0;
  for (int64_t m = half; m > 1; m /= 2, depth++) {
    for (int64_t at = 0; at < half / m; at++) {
      double angle = pi * N(turns)(depth, at), c = cos(angle), s = sin(angle);
      for (int64_t i = at * m; i < at * m + m / 2; i++) {
        int64_t k = i + m / 2;
        double re = c * x[k] - s * im[k], imaginary = c * im[k] + s * x[k];
        x[k] = x[i] - re;
        im[k] = im[i] - imaginary;
        x[i] += re;
        im[i] += imaginary;
      }
    }
  }
  for (int64_t i = 0; i < 2 * half; i++) x[i] /= (double)half;
}

/* One leaf's lane in the table of its tile. */
static void N(put_leaf)(int64_t depth, int64_t leaf, const double *values, int64_t half, REAL *to) {
  N(put_twiddles)(depth, leaf, to, LANES);
  for (int64_t node = 0; node < 4; node++) {
    REAL *own = to + 2 * (3 + 7 * node) * LANES;
    N(put_twiddles)(depth + 2, 4 * leaf + node, own, LANES);
    for (int64_t j = 0; j < 4; j++) {
      int64_t value = LEAF * leaf + 4 * node + j;
      own[2 * (3 + j) * LANES] = (REAL)values[value];
      own[(2 * (3 + j) + 1) * LANES] = (REAL)values[half + value];
    }
  }
}

/* Everything for one length; `work` [length] doubles. */
static void N(spectrum_fill)(int64_t length, const double *taps, int64_t count, REAL *table, double *work) {
  N(spectrum) s = N(spectrum_of)(length, table);
  int64_t half = s.half, depth = 0;
  for (int64_t i = 0; i < length; i++) work[i] = i < count ? taps[i] : 0;
  N(filter_values)(half, work);
  table[0] = table[1] = (REAL)sqrt(0.5);
  REAL *to = table + 16;
  for (int64_t nodes = s.roots; nodes < half / BLOCK_SIZE; nodes *= 4) {
    while ((int64_t)1 << depth < nodes) depth++;
    for (int64_t at = 0; at < nodes; at++, to += NODE_TABLE) N(put_twiddles)(depth, at, to, 1);
  }
  while ((int64_t)1 << depth < half / BLOCK_SIZE) depth++;
  to = table + (s.blocks - table);
  for (int64_t block = 0; block < half / BLOCK_SIZE; block++, to += BLOCK_TABLE) {
    N(put_twiddles)(depth, block, to, 1);
    for (int64_t j = 0; j < 4; j++) N(put_twiddles)(depth + 2, 4 * block + j, to + 6 * (1 + j), 1);
    for (int64_t leaf = 0; leaf < LEAF; leaf++) {
      REAL *tile = to + NODES_OF_BLOCK + leaf / LANES * 2 * 31 * LANES;
      N(put_leaf)(depth + 4, LEAF * block + leaf, work, half, tile + leaf % LANES);
    }
  }
}
