/*
 * The sums of a rational resampler in one format. SHARED outputs that follow each other are sums over one window of
 * input, each with its taps moved to where its own window lies in it; the same outputs of ROWS periods share the taps.
 * A lane takes every LANES-th tap, and the lanes are added at the end, in one order whatever was computed beside.
 */

#define SUMS (ROWS * SHARED)
/* room for the sums of a tile, or a vector of them */
#define SUMS_ROOM (SUMS > LANES ? SUMS : LANES)
/* levels of adding lanes that stay within 16 bytes */
#define FLAT_LEVELS (sizeof(REAL) == 4 ? 2 : 1)

typedef struct {
  const millrace_resampler *plan;
  const REAL *table; /* [groups][split.steps][group][LANES] */
  millrace_period period;
  millrace_split split;
  const float *wings;  /* [groups][before + after][group][FLOATS] */
  const REAL *line;    /* where windows lie, */
  const float *narrow; /* and the same frames in float32 */
  rvec suspicion;      /* no longer 0 once a sum was not finite */
} N(polyphase);

/* A group's taps, and where its window begins in the first of some periods that lie `stride` frames apart. */
typedef struct {
  const REAL *taps, *x;
  const float *wings;
  int64_t stride, steps;
} N(tile_at);

static int64_t N(core_reals)(const millrace_period *period, const millrace_split *split) {
  return period->groups * period->group * split->steps * LANES;
}

static N(polyphase) N(polyphase_of)(const millrace_resampler *plan) {
  N(polyphase) p = {.plan = plan, .period = period_of(plan), .split = *(const millrace_split *)plan->table};
  p.table = (const REAL *)((const char *)plan->table + TABLE_HEAD);
  p.wings = (const float *)(p.table + N(core_reals)(&p.period, &p.split));
  return p;
}

/* The taps of group g, and its window at x. */
static N(tile_at) N(group_at)(const N(polyphase) *p, int64_t g, const REAL *x) {
  int64_t before = g * p->period.group;
  return (N(tile_at)){
      .taps = p->table + before * p->split.steps * LANES,
      .wings = p->wings + before * (p->split.before + p->split.after) * FLOATS,
      .x = x,
      .stride = p->period.inputs,
  };
}

/* All taps as REAL. */
static millrace_split N(no_split)(const millrace_resampler *plan) {
  return (millrace_split){.steps = (plan->width + period_of(plan).spread + LANES - 1) / LANES};
}

/* Where float32 will do, or nowhere. */
static millrace_split N(split_of)(const millrace_resampler *plan, const double *phases) {
#if FORMAT_NUMBER == FORMAT_f32
  millrace_split split = split_between(plan, phases, LANES);
  if (split.before + split.after > 0) return split;
#endif
  (void)phases;
  return N(no_split)(plan);
}

int64_t PUBLIC(resample_table_bytes)(const millrace_resampler *plan) {
  millrace_period period = period_of(plan);
  millrace_split all = N(no_split)(plan);
  return TABLE_HEAD + N(core_reals)(&period, &all) * (int64_t)sizeof(REAL);
}

/* Tap i of the window that output n shares, as output n weighs it; 0 outside of its own. */
static double N(tap)(const N(polyphase) *p, const double *phases, int64_t n, int64_t i) {
  const millrace_resampler *plan = p->plan;
  int64_t own = i - (window_at(plan, n) - window_at(plan, n - n % p->period.group));
  if (n >= p->period.outputs || own < 0 || own >= plan->width) return 0;
  return plan->store_gain * phases[n * plan->down % plan->up * plan->width + own];
}

void PUBLIC(resample_table)(const millrace_resampler *plan, const double *phases, void *table) {
  millrace_resampler filled = *plan;
  filled.table = table;
  *(millrace_split *)table = N(split_of)(plan, phases);
  N(polyphase) p = N(polyphase_of)(&filled);
  const millrace_split *split = &p.split;
  int64_t group = p.period.group, core = split->steps * LANES, outer = (split->before + split->after) * FLOATS;
  for (int64_t n = 0; n < p.period.groups * group; n++) {
    int64_t g = n / group, q = n % group;
    REAL *to = (REAL *)p.table + g * group * core;
    float *wing = (float *)p.wings + g * group * outer;
    for (int64_t i = 0; i < core; i++) {
      to[(i / LANES * group + q) * LANES + i % LANES] = (REAL)N(tap)(&p, phases, n, split->first + i);
    }
    for (int64_t i = 0; i < outer; i++) {
      int64_t at = i < split->first ? i : i + core;
      wing[(i / FLOATS * group + q) * FLOATS + i % FLOATS] = (float)N(tap)(&p, phases, n, at);
    }
  }
}

/*
 * Half of the lanes of a, added to the other half, and then those of b: at level 0 within 16 bytes, at level 1 too for
 * floats, and then whole chunks of 16 bytes.
 */
INLINE rvec N(add_halves)(rvec a, rvec b, const int level) {
  if (sizeof(REAL) == 4 && level == 0) return (rvec)(low_vf((vf)a, (vf)b) + high_vf((vf)a, (vf)b));
#if CHUNKS > 1
  if (level >= FLAT_LEVELS) return R(even)(a, b) + R(odd)(a, b);
#endif
  return (rvec)low_vd((vd)a, (vd)b) + (rvec)high_vd((vd)a, (vd)b);
}

INLINE void N(add_pairs)(const rvec *v, rvec *to, const int count, const int level) {
  UNROLL for (int i = 0; i < count / 2; i++) to[i] = N(add_halves)(v[2 * i], v[2 * i + 1], level);
  if (count == 1) to[0] = N(add_halves)(v[0], v[0], level);
}

/* The sum of the lanes of each of `count` vectors, in order; returns how many vectors they fill. */
INLINE int N(add_lanes)(const rvec *total, const int count, rvec *sums) {
  rvec v2[SUMS], v4[SUMS], v8[SUMS], v16[SUMS];
  const int c2 = count > 1 ? count / 2 : 1, c4 = c2 > 1 ? c2 / 2 : 1, c8 = c4 > 1 ? c4 / 2 : 1;
  const int c16 = c8 > 1 ? c8 / 2 : 1;
  const rvec *v = v2;
  int left = c2;
  N(add_pairs)(total, v2, count, 0);
  if (LANES > 2) N(add_pairs)(v2, v4, c2, 1), v = v4, left = c4;
  if (LANES > 4) N(add_pairs)(v4, v8, c4, 2), v = v8, left = c8;
  if (LANES > 8) N(add_pairs)(v8, v16, c8, 3), v = v16, left = c16;
  UNROLL for (int i = 0; i < left; i++) sums[i] = v[i];
  return left;
}

/* Adds the products of one group in `rows` periods over some steps, lane by lane. */
INLINE void N(add_products)(const N(tile_at) *t, const int group, const int rows, rvec *total) {
  const REAL *taps = t->taps, *x = t->x;
  int64_t stride = t->stride, steps = t->steps;
  for (int64_t s = 0; s < steps; s++) {
    rvec frames[ROWS];
    UNROLL for (int r = 0; r < rows; r++) frames[r] = R(load)(x + r * stride + s * LANES);
    UNROLL for (int q = 0; q < group; q++) {
      rvec h = R(load)(taps + (s * group + q) * LANES);
      IN_REGISTER(h);
      UNROLL for (int r = 0; r < rows; r++) total[r * group + q] = R(madd)(h, frames[r], total[r * group + q]);
    }
  }
}

/* What the lanes of one group in `rows` periods begin with: what float32 makes of the taps far from the centre. */
INLINE void N(begin_sums)(const N(polyphase) *p, const N(tile_at) *t, const int group, const int rows, rvec *total) {
  UNROLL for (int i = 0; i < group * rows; i++) total[i] = (rvec){0};
#if FORMAT_NUMBER == FORMAT_f32
  const millrace_split *split = &p->split;
  if (split->before + split->after == 0) return;
  vf wings[SUMS];
  UNROLL for (int i = 0; i < group * rows; i++) wings[i] = (vf){0};
  const float *x = p->narrow + (t->x - p->line);
  tile_at_f32fast wing = {.taps = t->wings, .x = x, .stride = t->stride, .steps = split->before};
  add_products_f32fast(&wing, group, rows, wings);
  wing.taps += split->before * group * FLOATS;
  wing.x += split->first + split->steps * LANES;
  wing.steps = split->after;
  add_products_f32fast(&wing, group, rows, wings);
  UNROLL for (int i = 0; i < group * rows; i++) total[i] = widen_folded(wings[i]);
#else
  (void)p, (void)t;
#endif
}

INLINE void N(suspect)(N(polyphase) *p, const rvec *sums, int count) {
  UNROLL for (int i = 0; i < count; i++) p->suspicion += sums[i] - sums[i];
}

/* More than one chain: they are added in float64, since a float32 sum of many terms is a poor one. */
INLINE void N(sum_chains)(N(polyphase) *p, N(tile_at) t, const int group, const int rows, SAMPLE *out) {
  double wide[SUMS_ROOM] = {0};
  for (int64_t left = p->split.steps; left > 0; left -= LONGEST_CHAIN) {
    rvec total[SUMS], sums[SUMS];
    UNROLL for (int i = 0; i < group * rows; i++) total[i] = (rvec){0};
    t.steps = left < LONGEST_CHAIN ? left : LONGEST_CHAIN;
    N(add_products)(&t, group, rows, total);
    const REAL *part = (const REAL *)sums;
    int vectors = N(add_lanes)(total, group * rows, sums), count = vectors * (int)LANES;
    N(suspect)(p, sums, vectors);
    for (int i = 0; i < count; i++) wide[i] += (double)part[i];
    t.taps += LONGEST_CHAIN * group * LANES;
    t.x += LONGEST_CHAIN * LANES;
  }
  for (int i = 0; i < group * rows; i++) out[i] = (SAMPLE)wide[i];
}

/* out[row][output] of one group in `rows` periods; room for SUMS_ROOM. */
INLINE void N(sum_windows)(N(polyphase) *p, N(tile_at) t, const int group, const int rows, SAMPLE *out) {
  if (p->split.steps > LONGEST_CHAIN) {
    N(sum_chains)(p, t, group, rows, out);
    return;
  }
  rvec total[SUMS], sums[SUMS];
  N(begin_sums)(p, &t, group, rows, total);
  t.x += p->split.first;
  t.steps = p->split.steps;
  N(add_products)(&t, group, rows, total);
  int count = N(add_lanes)(total, group * rows, sums);
  N(suspect)(p, sums, count);
  UNROLL for (int i = 0; i < count; i++) store_reals(out + i * LANES, sums[i]);
}

/* The sum of lanes in the order of add_lanes. */
static REAL N(add_scalars)(REAL *lanes) {
  const int64_t flat = 16 / sizeof(REAL);
  for (int64_t c = 0; c < CHUNKS; c++) {
    const REAL *x = lanes + c * flat;
    lanes[c] = flat == 2 ? x[0] + x[1] : (x[0] + x[2]) + (x[1] + x[flat - 1]);
  }
  for (int64_t count = CHUNKS / 2; count > 0; count /= 2) {
    for (int64_t i = 0; i < count; i++) lanes[i] = lanes[2 * i] + lanes[2 * i + 1];
  }
  return lanes[0];
}

#if FORMAT_NUMBER == FORMAT_f32
/* What the lanes of one output begin with; in float64 where float32 does not hold it. */
static void N(begin_alone)(const N(polyphase) *p, const N(tile_at) *t, int64_t n, REAL *lanes) {
  const millrace_split *split = &p->split;
  int64_t group = p->period.group, q = n % group;
  int64_t shift = window_at(p->plan, n) - window_at(p->plan, n - q);
  const float *x = p->narrow + (t->x - p->line);
  float sums[FLOATS];
  for (int64_t i = 0; i < FLOATS; i++) sums[i] = 0;
  for (int64_t i = 0; i < (split->before + split->after) * FLOATS; i++) {
    int64_t frame = i < split->first ? i : i + split->steps * LANES;
    if (frame < shift || frame >= shift + p->plan->width) continue;
    float h = t->wings[(i / FLOATS * group + q) * FLOATS + i % FLOATS];
    sums[i % FLOATS] = madd_float(h, x[frame], sums[i % FLOATS]);
    lanes[i % LANES] += h * t->x[frame];
  }
  bool finite = true;
  for (int64_t i = 0; i < LANES; i++) finite &= (sums[i] + sums[i + LANES]) * 0 == 0;
  for (int64_t i = 0; finite && i < LANES; i++) lanes[i] = (double)(sums[i] + sums[i + LANES]);
}
#endif

/* An output by the terms of its own window alone, added in the same order as with others. */
static SAMPLE N(alone)(const N(polyphase) *p, int64_t at, int64_t n) {
  int64_t group = p->period.group, q = n % group, core = p->split.steps * LANES;
  N(tile_at) t = N(group_at)(p, n / group, p->line + at + window_at(p->plan, n - q));
  int64_t shift = window_at(p->plan, n) - window_at(p->plan, n - q) - p->split.first;
  double sum = 0;
  for (int64_t first = 0; first < core; first += LONGEST_CHAIN * LANES) {
    REAL lanes[LANES];
    for (int64_t i = 0; i < LANES; i++) lanes[i] = 0;
#if FORMAT_NUMBER == FORMAT_f32
    if (first == 0) N(begin_alone)(p, &t, n, lanes);
#endif
    int64_t begin = first > shift ? first : shift, end = first + LONGEST_CHAIN * LANES;
    if (end > core) end = core;
    if (end > shift + p->plan->width) end = shift + p->plan->width;
    for (int64_t i = begin; i < end; i++) {
      REAL h = t.taps[(i / LANES * group + q) * LANES + i % LANES];
      lanes[i % LANES] = madd_real(h, t.x[p->split.first + i], lanes[i % LANES]);
    }
    sum += (double)N(add_scalars)(lanes);
  }
  return (SAMPLE)sum;
}
