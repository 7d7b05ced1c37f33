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
  const REAL *table; /* [groups][steps][group][LANES] */
  millrace_period period;
  int64_t steps;
  rvec suspicion; /* no longer 0 once a sum was not finite */
} N(polyphase);

/* A group's taps, and where its window begins in the first of some periods that lie `stride` frames apart. */
typedef struct {
  const REAL *taps, *x;
  int64_t stride, steps;
} N(tile_at);

static N(polyphase) N(polyphase_of)(const millrace_resampler *plan) {
  millrace_period period = period_of(plan);
  int64_t steps = (plan->width + period.spread + LANES - 1) / LANES;
  return (N(polyphase)){.plan = plan, .table = plan->table, .period = period, .steps = steps};
}

int64_t PUBLIC(resample_table_bytes)(const millrace_resampler *plan) {
  N(polyphase) p = N(polyphase_of)(plan);
  return p.period.groups * p.steps * p.period.group * VECTOR;
}

void PUBLIC(resample_table)(const millrace_resampler *plan, const double *phases, void *table) {
  N(polyphase) p = N(polyphase_of)(plan);
  int64_t length = p.steps * LANES;
  for (int64_t n = 0; n < p.period.groups * p.period.group; n++) {
    int64_t g = n / p.period.group, q = n % p.period.group;
    REAL *to = (REAL *)table + g * p.period.group * length;
    const double *row = phases + n * plan->down % plan->up * plan->width;
    int64_t shift = window_at(plan, n) - window_at(plan, n - q);
    for (int64_t i = 0; i < length; i++) {
      int64_t tap = i - shift;
      bool inside = n < p.period.outputs && tap >= 0 && tap < plan->width;
      to[(i / LANES * p.period.group + q) * LANES + i % LANES] = inside ? (REAL)(plan->store_gain * row[tap]) : 0;
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
INLINE int N(add_lanes)(N(polyphase) *p, const rvec *total, const int count, rvec *sums) {
  rvec v2[SUMS], v4[SUMS], v8[SUMS], v16[SUMS];
  const int c2 = count > 1 ? count / 2 : 1, c4 = c2 > 1 ? c2 / 2 : 1, c8 = c4 > 1 ? c4 / 2 : 1;
  const int c16 = c8 > 1 ? c8 / 2 : 1;
  const rvec *v = v2;
  int left = c2;
  N(add_pairs)(total, v2, count, 0);
  if (LANES > 2) N(add_pairs)(v2, v4, c2, 1), v = v4, left = c4;
  if (LANES > 4) N(add_pairs)(v4, v8, c4, 2), v = v8, left = c8;
  if (LANES > 8) N(add_pairs)(v8, v16, c8, 3), v = v16, left = c16;
  UNROLL for (int i = 0; i < left; i++) {
    p->suspicion += v[i] - v[i];
    sums[i] = v[i];
  }
  return left;
}

/* The sums of one group in `rows` periods over at most LONGEST_CHAIN steps; returns how many vectors they fill. */
INLINE int N(sum_chain)(N(polyphase) *p, const N(tile_at) *t, const int group, const int rows, rvec *sums) {
  rvec total[SUMS];
  UNROLL for (int i = 0; i < group * rows; i++) total[i] = (rvec){0};
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
  return N(add_lanes)(p, total, group * rows, sums);
}

/* More than one chain: they are added in float64, since a float32 sum of many terms is a poor one. */
INLINE void N(sum_chains)(N(polyphase) *p, N(tile_at) t, const int group, const int rows, SAMPLE *out) {
  double wide[SUMS_ROOM] = {0};
  for (int64_t left = p->steps; left > 0; left -= LONGEST_CHAIN) {
    rvec sums[SUMS];
    t.steps = left < LONGEST_CHAIN ? left : LONGEST_CHAIN;
    const REAL *part = (const REAL *)sums;
    int count = N(sum_chain)(p, &t, group, rows, sums) * (int)LANES;
    for (int i = 0; i < count; i++) wide[i] += (double)part[i];
    t.taps += LONGEST_CHAIN * group * LANES;
    t.x += LONGEST_CHAIN * LANES;
  }
  for (int i = 0; i < group * rows; i++) out[i] = (SAMPLE)wide[i];
}

/* out[row][output] of one group in `rows` periods; room for SUMS_ROOM. */
INLINE void N(sum_windows)(N(polyphase) *p, N(tile_at) t, const int group, const int rows, SAMPLE *out) {
  if (p->steps > LONGEST_CHAIN) {
    N(sum_chains)(p, t, group, rows, out);
    return;
  }
  rvec sums[SUMS];
  t.steps = p->steps;
  int count = N(sum_chain)(p, &t, group, rows, sums);
  UNROLL for (int i = 0; i < count; i++) store_reals(out + i * LANES, sums[i]);
}

INLINE void N(put)(SAMPLE *out, const SAMPLE *sums, int64_t count) {
  SAMPLE_any *to = (SAMPLE_any *)out;
  if (count == SHARED) {
    UNROLL for (int i = 0; i < SHARED; i++) to[i] = sums[i];
  } else {
    for (int64_t i = 0; i < count; i++) to[i] = sums[i];
  }
}

/* One group in one period; of its outputs `count` from `from` on are wanted. */
static void N(single)(N(polyphase) *p, int64_t g, const REAL *x, SAMPLE *out, int64_t from, int64_t count) {
  SAMPLE sums[SUMS_ROOM];
  N(tile_at) t = {.taps = p->table + g * p->steps * p->period.group * LANES, .x = x};
  if (p->period.group == SHARED) {
    N(sum_windows)(p, t, SHARED, 1, sums);
  } else {
    N(sum_windows)(p, t, 1, 1, sums);
  }
  N(put)(out, sums + from, count);
}

/* One group in ROWS periods or more; the last tile may do some of them again. */
INLINE void N(periods)(N(polyphase) *p, int64_t g, const REAL *x, SAMPLE *out, int64_t periods, const int group) {
  SAMPLE sums[SUMS_ROOM];
  const millrace_period *period = &p->period;
  N(tile_at) t = {.taps = p->table + g * p->steps * group * LANES, .stride = period->inputs};
  int64_t left = period->outputs - g * group;
  int64_t count = left < group ? left : group;
  for (int64_t done = 0; done < periods; done += ROWS) {
    int64_t at = done < periods - ROWS ? done : periods - ROWS;
    t.x = x + at * period->inputs;
    N(sum_windows)(p, t, group, ROWS, sums);
    UNROLL for (int r = 0; r < ROWS; r++) {
      N(put)(out + (at + r) * period->outputs, sums + r * group, count);
    }
  }
}

/* A block of `slots` groups from the beginning of group g on, the same group of all periods after one another. */
static void N(block)(N(polyphase) *p, int64_t g, int64_t slots, const REAL *line, int64_t at, SAMPLE *out) {
  const millrace_period *period = &p->period;
  for (int64_t j = 0; j < period->groups && j < slots; j++) {
    int64_t turn = (g + j) / period->groups, now = (g + j) % period->groups;
    int64_t periods = (slots - j + period->groups - 1) / period->groups;
    int64_t n = now * period->group;
    const REAL *x = line + at + turn * period->inputs + window_at(p->plan, n);
    SAMPLE *to = out + turn * period->outputs + n - g * period->group;
    if (periods >= ROWS && period->group == SHARED) {
      N(periods)(p, now, x, to, periods, SHARED);
    } else if (periods >= ROWS) {
      N(periods)(p, now, x, to, periods, 1);
    } else {
      int64_t left = period->outputs - n;
      for (int64_t i = 0; i < periods; i++) {
        N(single)(p, now, x + i * period->inputs, to + i * period->outputs, 0, left < period->group ? left : period->group);
      }
    }
  }
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

/* An output by the terms of its own window alone, added in the same order as with others. */
static SAMPLE N(alone)(const N(polyphase) *p, const REAL *line, int64_t at, int64_t n) {
  int64_t group = p->period.group, q = n % group;
  const REAL *taps = p->table + n / group * p->steps * group * LANES;
  int64_t start = window_at(p->plan, n - q), shift = window_at(p->plan, n) - start;
  double sum = 0;
  for (int64_t first = 0; first < p->steps * LANES; first += LONGEST_CHAIN * LANES) {
    REAL lanes[LANES];
    for (int64_t i = 0; i < LANES; i++) lanes[i] = 0;
    int64_t begin = first > shift ? first : shift, end = first + LONGEST_CHAIN * LANES;
    if (end > shift + p->plan->width) end = shift + p->plan->width;
    for (int64_t i = begin; i < end; i++) {
      REAL h = taps[(i / LANES * group + q) * LANES + i % LANES];
      lanes[i % LANES] = madd_real(h, line[at + start + i], lanes[i % LANES]);
    }
    sum += (double)N(add_scalars)(lanes);
  }
  return (SAMPLE)sum;
}

/* Where a sum is not finite, what made it so may lie outside of the output's own window, where its taps are 0. */
static void N(repair)(const N(polyphase) *p, const REAL *line, int64_t first, SAMPLE *out, int64_t frames) {
  const millrace_period *period = &p->period;
  int64_t begin = window_at(p->plan, first);
  for (int64_t k = 0; k < frames; k++) {
    SAMPLE_any *y = (SAMPLE_any *)out + k;
    if (*y - *y == 0) continue;
    int64_t at = (first + k) / period->outputs * period->inputs - begin;
    *y = N(alone)(p, line, at, (first + k) % period->outputs);
  }
}

/* Outputs first, first + 1, ... of a period, `frames` of them; the window of the first begins at `line`. */
static void N(resample_line)(const millrace_resampler *plan, const REAL *line, int64_t first, SAMPLE *out,
                             int64_t frames) {
  N(polyphase) p = N(polyphase_of)(plan);
  const millrace_period *period = &p.period;
  int64_t n = first, done = 0;
  int64_t at = -window_at(plan, first); /* where the period of output n begins on the line */
  while (done < frames) {
    int64_t g = n / period->group, from = n % period->group;
    int64_t most = MOST_PERIODS * period->outputs;
    int64_t end = n + (frames - done < most ? frames - done : most);
    int64_t slots = end / period->outputs * period->groups + end % period->outputs / period->group - g;
    int64_t next;
    if (from == 0 && slots > 0) {
      N(block)(&p, g, slots, line, at, out + done);
      next = (g + slots) / period->groups * period->outputs + (g + slots) % period->groups * period->group;
    } else {
      next = g * period->group + period->group;
      if (next > period->outputs) next = period->outputs;
      if (next > end) next = end;
      N(single)(&p, g, line + at + window_at(plan, g * period->group), out + done, from, next - n);
    }
    done += next - n;
    at += next / period->outputs * period->inputs;
    n = next % period->outputs;
  }
  REAL sum = 0;
  for (int i = 0; i < LANES; i++) sum += p.suspicion[i];
  if (sum != 0) N(repair)(&p, line, first, out, frames);
}

/* Frames of a piece: whole blocks, and as many as a piece moves along the line. */
static int64_t N(resample_piece)(const millrace_resampler *plan) {
  int64_t piece = MOST_PERIODS * period_of(plan).inputs;
  if (piece > MOST_PIECE) piece = MOST_PIECE;
  if (piece < LEAST_PIECE) piece = LEAST_PIECE;
  return piece < plan->width ? plan->width : piece;
}

/* Frames that are read before the past and after the piece, weighed by zeros. */
static int64_t N(resample_margin)(const millrace_resampler *plan) { return period_of(plan).spread + LANES; }

int64_t PUBLIC(resample_scratch_bytes)(const millrace_resampler *plan) {
  int64_t reals = plan->width - 1 + N(resample_piece)(plan) + 2 * N(resample_margin)(plan);
  return reals * (int64_t)sizeof(REAL) + 64;
}

int64_t PUBLIC(resample)(const millrace_resampler *plan, const SAMPLE *in, int64_t frames, SAMPLE *out,
                         const millrace_outputs *wanted, double *past, void *scratch) {
  float_mode saved = flush_subnormals();
  int64_t outputs = period_of(plan).outputs, piece = N(resample_piece)(plan);
  REAL *start = (REAL *)(((uintptr_t)scratch + 63) & ~(uintptr_t)63);
  N(line) line = {start + N(resample_margin)(plan), plan->width - 1, (REAL)plan->load_gain};
  N(line_open)(&line, past);
  int64_t n = wanted->index % outputs, ahead = wanted->ahead, written = 0, count;
  for (int64_t done = 0; done < frames; done += count) {
    count = frames - done < piece ? frames - done : piece;
    if (in) {
      N(line_fill)(&line, (const SAMPLE *)((const SAMPLE_any *)in + done), count);
    } else {
      memset(line.at + line.past, 0, (size_t)count * sizeof(REAL));
    }
    int64_t made = windows_within(plan, n, count - 1 - ahead);
    if (made > wanted->most - written) made = wanted->most - written;
    if (made > 0) {
      N(resample_line)(plan, line.at + ahead, n, (SAMPLE *)((SAMPLE_any *)out + written), made);
      ahead += window_at(plan, n + made) - window_at(plan, n);
      n = (n + made) % outputs;
      written += made;
    }
    ahead -= count;
    N(line_move)(&line, count);
  }
  if (in) N(line_close)(&line, past);
  restore_mode(saved);
  return written;
}

#undef SUMS
#undef SUMS_ROOM
#undef FLAT_LEVELS
