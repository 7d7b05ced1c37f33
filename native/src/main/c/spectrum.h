/*
 * Circular convolution of N = 2 M reals with a filter, in one format, without a shuffle but in the last passes.
 *
 * The reals are taken as the polynomial of M complex coefficients x[n] + i x[n + M], modulo z^M - i: that is reals modulo
 * z^N + 1, so what wraps around comes back negative, which overlap-save discards anyway. Modulo z^m - r splits into four
 * factors z^(m/4) - t u with t^4 = r and u = 1, -1, i, -i: the twiddles t, t^2, t^3 are the same for a whole node, and
 * vectors of adjacent coefficients go through it as they lie. Nodes of 16 coefficients, leaves, are turned so that each
 * lane has a leaf of its own, and split to the end. There the product with the filter's values is taken, and all goes
 * back the way it came. Each node is split, multiplied and joined before the next is begun, so that all but the
 * largest stay in the cache. (Splitting modulo z^m - r: C. M. Fiduccia, Polynomial evaluation via the division algorithm,
 * 1972. Reals modulo z^N + 1 as complex ones: R. Crandall and B. Fagin, Discrete weighted transforms and large-integer
 * arithmetic, 1994.)
 */

/* Coefficients of a leaf, and of the node that holds 16 leaves: a block. */
#define LEAF 16
#define BLOCK_SIZE 256
/* Reals of a block's table: 3 twiddles of each of its 5 nodes, then of each tile of LANES leaves 15 twiddles and 16
   values of the filter, lane by lane. */
#define NODE_TABLE 8
#define NODES_OF_BLOCK 32
#define BLOCK_TABLE 1024

typedef struct {
  rvec re, im;
} N(pair);

/* The transform of one length. */
typedef struct {
  int64_t half;       /* M */
  int64_t roots;      /* nodes that all splits by four begin from: 1, or 2 if M / 16 is no power of 4 */
  const REAL *first;  /* t of the split by two, where there are 2 roots */
  const REAL *nodes;  /* [node][NODE_TABLE]: above blocks, level after level */
  const REAL *blocks; /* [M / BLOCK_SIZE][BLOCK_TABLE] */
} N(spectrum);

INLINE N(pair) N(times)(N(pair) a, N(pair) b) {
  return (N(pair)){R(madd)(-a.im, b.im, a.re * b.re), R(madd)(a.im, b.re, a.re * b.im)};
}

/* a times the conjugate of b */
INLINE N(pair) N(over)(N(pair) a, N(pair) b) {
  return (N(pair)){R(madd)(a.im, b.im, a.re * b.re), R(madd)(-a.re, b.im, a.im * b.re)};
}

INLINE N(pair) N(plus)(N(pair) a, N(pair) b) { return (N(pair)){a.re + b.re, a.im + b.im}; }
INLINE N(pair) N(minus)(N(pair) a, N(pair) b) { return (N(pair)){a.re - b.re, a.im - b.im}; }
/* a + i b, a - i b */
INLINE N(pair) N(plus_i)(N(pair) a, N(pair) b) { return (N(pair)){a.re - b.im, a.im + b.re}; }
INLINE N(pair) N(minus_i)(N(pair) a, N(pair) b) { return (N(pair)){a.re + b.im, a.im - b.re}; }

INLINE N(pair) N(pair_at)(const REAL *p, int64_t apart) {
  return (N(pair)){R(load)(p), R(load)(p + apart)};
}

INLINE void N(put_pair)(REAL *p, int64_t apart, N(pair) a) {
  R(store)(p, a.re);
  R(store)(p + apart, a.im);
}

/* a[0], a[step], ... modulo the four factors, in place; t: the node's twiddles */
INLINE void N(split)(N(pair) *a, const int step, const N(pair) *t) {
  N(pair) b = N(times)(a[step], t[0]), c = N(times)(a[2 * step], t[1]), d = N(times)(a[3 * step], t[2]);
  N(pair) even = N(plus)(a[0], c), odd = N(plus)(b, d);
  N(pair) even_i = N(minus)(a[0], c), odd_i = N(minus)(b, d);
  a[0] = N(plus)(even, odd);
  a[step] = N(minus)(even, odd);
  a[2 * step] = N(plus_i)(even_i, odd_i);
  a[3 * step] = N(minus_i)(even_i, odd_i);
}

/* The inverse, times 4. */
INLINE void N(join)(N(pair) *a, const int step, const N(pair) *t) {
  N(pair) sum = N(plus)(a[0], a[step]), difference = N(minus)(a[0], a[step]);
  N(pair) sum_i = N(plus)(a[2 * step], a[3 * step]), difference_i = N(minus)(a[2 * step], a[3 * step]);
  a[0] = N(plus)(sum, sum_i);
  a[step] = N(over)(N(minus_i)(difference, difference_i), t[0]);
  a[2 * step] = N(over)(N(minus)(sum, sum_i), t[1]);
  a[3 * step] = N(over)(N(plus_i)(difference, difference_i), t[2]);
}

INLINE void N(node_twiddles)(const REAL *table, N(pair) *t) {
  UNROLL for (int j = 0; j < 3; j++) t[j] = (N(pair)){R(splat)(table[2 * j]), R(splat)(table[2 * j + 1])};
}

/* A node of m coefficients, `apart` between real and imaginary parts. */
INLINE void N(split_node)(const REAL *from, REAL *to, int64_t apart, int64_t m, const REAL *table) {
  N(pair) t[3], a[4];
  N(node_twiddles)(table, t);
  int64_t quarter = m / 4;
  for (int64_t i = 0; i < quarter; i += LANES) {
    UNROLL for (int j = 0; j < 4; j++) a[j] = N(pair_at)(from + j * quarter + i, apart);
    N(split)(a, 1, t);
    UNROLL for (int j = 0; j < 4; j++) N(put_pair)(to + j * quarter + i, apart, a[j]);
  }
}

INLINE void N(join_node)(REAL *x, int64_t apart, int64_t m, const REAL *table) {
  N(pair) t[3], a[4];
  N(node_twiddles)(table, t);
  int64_t quarter = m / 4;
  for (int64_t i = 0; i < quarter; i += LANES) {
    UNROLL for (int j = 0; j < 4; j++) a[j] = N(pair_at)(x + j * quarter + i, apart);
    N(join)(a, 1, t);
    UNROLL for (int j = 0; j < 4; j++) N(put_pair)(x + j * quarter + i, apart, a[j]);
  }
}

/* LANES leaves, a lane each: split to the end, times the filter, and joined. */
static void N(convolve_leaves)(REAL *x, int64_t apart, const REAL *table) {
  N(pair) a[LEAF], t[3], values[4];
  rvec rows[LANES];
  UNROLL for (int h = 0; h < LEAF; h += LANES) {
    UNROLL for (int v = 0; v < LANES; v++) rows[v] = R(load)(x + v * LEAF + h);
    R(turn)(rows);
    UNROLL for (int v = 0; v < LANES; v++) a[h + v].re = rows[v];
    UNROLL for (int v = 0; v < LANES; v++) rows[v] = R(load)(x + apart + v * LEAF + h);
    R(turn)(rows);
    UNROLL for (int v = 0; v < LANES; v++) a[h + v].im = rows[v];
  }
  UNROLL for (int j = 0; j < 3; j++) t[j] = N(pair_at)(table + 2 * j * LANES, LANES);
  UNROLL for (int j = 0; j < 4; j++) N(split)(a + j, 4, t);
  UNROLL for (int node = 0; node < 4; node++) {
    const REAL *own = table + 2 * (3 + 7 * node) * LANES;
    N(pair) s[3];
    UNROLL for (int j = 0; j < 3; j++) s[j] = N(pair_at)(own + 2 * j * LANES, LANES);
    UNROLL for (int j = 0; j < 4; j++) values[j] = N(pair_at)(own + 2 * (3 + j) * LANES, LANES);
    N(split)(a + 4 * node, 1, s);
    UNROLL for (int j = 0; j < 4; j++) a[4 * node + j] = N(times)(a[4 * node + j], values[j]);
    N(join)(a + 4 * node, 1, s);
  }
  UNROLL for (int j = 0; j < 4; j++) N(join)(a + j, 4, t);
  UNROLL for (int h = 0; h < LEAF; h += LANES) {
    UNROLL for (int v = 0; v < LANES; v++) rows[v] = a[h + v].re;
    R(turn)(rows);
    UNROLL for (int v = 0; v < LANES; v++) R(store)(x + v * LEAF + h, rows[v]);
    UNROLL for (int v = 0; v < LANES; v++) rows[v] = a[h + v].im;
    R(turn)(rows);
    UNROLL for (int v = 0; v < LANES; v++) R(store)(x + apart + v * LEAF + h, rows[v]);
  }
}

static void N(convolve_block)(const REAL *from, REAL *x, int64_t apart, const REAL *table) {
  enum { INNER = BLOCK_SIZE / 4 };
  N(split_node)(from, x, apart, BLOCK_SIZE, table);
  for (int j = 0; j < 4; j++) N(split_node)(x + j * INNER, x + j * INNER, apart, INNER, table + 6 * (1 + j));
  const REAL *leaves = table + NODES_OF_BLOCK;
  for (int64_t i = 0; i < BLOCK_SIZE; i += LEAF * LANES) {
    N(convolve_leaves)(x + i, apart, leaves + i / LEAF * 2 * 31);
  }
  for (int j = 0; j < 4; j++) N(join_node)(x + j * INNER, apart, INNER, table + 6 * (1 + j));
  N(join_node)(x, apart, BLOCK_SIZE, table);
}

/* Node `at` of those of m coefficients; `above` of them are in the table before the first of these. */
static void N(convolve_node)(const N(spectrum) *s, const REAL *from, REAL *x, int64_t m, int64_t above, int64_t at) {
  if (m == BLOCK_SIZE) {
    N(convolve_block)(from, x, s->half, s->blocks + at * BLOCK_TABLE);
    return;
  }
  const REAL *table = s->nodes + (above + at) * NODE_TABLE;
  N(split_node)(from, x, s->half, m, table);
  for (int j = 0; j < 4; j++) {
    REAL *child = x + j * (m / 4);
    N(convolve_node)(s, child, child, m / 4, above + s->half / m, 4 * at + j);
  }
  N(join_node)(x, s->half, m, table);
}

/* The filter on reals [N] at `from` to x, which may be the same memory. */
static void N(convolve)(const N(spectrum) *s, const REAL *from, REAL *x) {
  int64_t m = s->half, each = m / s->roots;
  if (s->roots == 1) {
    N(convolve_node)(s, from, x, m, 0, 0);
    return;
  }
  N(pair) t = {R(splat)(s->first[0]), R(splat)(s->first[1])};
  for (int64_t i = 0; i < each; i += LANES) {
    N(pair) a = N(pair_at)(from + i, m), b = N(times)(N(pair_at)(from + each + i, m), t);
    N(put_pair)(x + i, m, N(plus)(a, b));
    N(put_pair)(x + each + i, m, N(minus)(a, b));
  }
  for (int j = 0; j < 2; j++) N(convolve_node)(s, x + j * each, x + j * each, each, 0, j);
  for (int64_t i = 0; i < each; i += LANES) {
    N(pair) a = N(pair_at)(x + i, m), b = N(pair_at)(x + each + i, m);
    N(put_pair)(x + i, m, N(plus)(a, b));
    N(put_pair)(x + each + i, m, N(over)(N(minus)(a, b), t));
  }
}
