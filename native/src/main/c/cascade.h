/*
 * Second-order sections in transposed direct form II, one lane per segment or per channel, in one format.
 *
 * Lanes advance in blocks: gather a block of every lane to scratch, take it through the sections, a few at a time with
 * their state in registers, and scatter it. Memory is read and written once, however many sections there are.
 */

/* [frame][lane] of one panel, and a line between panels lest they lie a multiple of 4,096 bytes apart */
#define PANEL (BLOCK * LANES + 64 / (int64_t)sizeof(REAL))
#define TILE_LANES (PANELS * LANES)
/* samples in a cache line */
#define LINE (64 / (int64_t)sizeof(SAMPLE))

typedef struct {
  const millrace_cascade *plan;
  int64_t sections;
  REAL *coefficients; /* [K][5], b0 b1 b2 -a1 -a2 */
  REAL load_gain;     /* of samples in scratch; in f32 it is part of the first coefficients */
  REAL store_gain;
  SAMPLE *x; /* samples of a block as read */
  REAL *y;   /* the same between sections */
  SAMPLE *out;
  REAL *now; /* state: [2K][PANELS][LANES] */
  REAL *next;
  double *start; /* [TILE_LANES + 1][2K], state of each lane at the start of its segment, in the caller's scale */
} N(work);

/* A panel's view of memory: lane v of the tile begins at base + v * stride bytes. */
typedef struct {
  const char *in;
  int64_t in_stride;
  char *out; /* NULL: only the state is wanted */
  int64_t out_stride;
} N(tile);

static double N(scale)(const N(work) *w, int64_t section) {
  bool scaled = FORMAT_NUMBER == FORMAT_f32fast && w->plan->scale;
  return section >= 0 && scaled ? w->plan->scale[section] : 1;
}

static N(work) N(prepare)(const millrace_cascade *plan, void *scratch) {
  int64_t k = plan->sections;
  char *at = (char *)(((uintptr_t)scratch + 63) & ~(uintptr_t)63);
  N(work) w = {.plan = plan, .sections = k};
  w.start = (double *)at;
  at += ((TILE_LANES + 1) * 2 * k * (int64_t)sizeof(double) + 63) / 64 * 64;
  w.now = (REAL *)at;
  w.next = w.now + 2 * k * TILE_LANES;
  w.x = (SAMPLE *)(w.next + 2 * k * TILE_LANES);
  w.y = (REAL *)(w.x + PANELS * PANEL);
  w.out = (SAMPLE *)w.y;
  if (FORMAT_NUMBER == FORMAT_f32) w.out = w.x;
  w.coefficients = w.y + PANELS * PANEL;
  bool folded = FORMAT_NUMBER == FORMAT_f32;
  for (int64_t s = 0; s < k; s++) {
    const double *from = plan->coefficients + 5 * s;
    double gain = N(scale)(&w, s) / N(scale)(&w, s - 1);
    if (s == 0 && folded) gain *= plan->load_gain;
    for (int i = 0; i < 5; i++) w.coefficients[5 * s + i] = (REAL)(i < 3 ? gain * from[i] : -from[i]);
  }
  w.load_gain = folded ? 1 : (REAL)plan->load_gain;
  w.store_gain = (REAL)(plan->store_gain / N(scale)(&w, k - 1));
  return w;
}

/* `count` frames of all panels through `group` sections; the first group reads samples, the others reals. */
INLINE void N(sections)(const N(work) *w, int64_t first, const int group, const bool samples, int64_t count) {
  rvec c[group][5], s1[group][PANELS], s2[group][PANELS];
  const REAL *now = w->now + 2 * first * TILE_LANES;
  REAL *next = w->next + 2 * first * TILE_LANES;
  UNROLL for (int g = 0; g < group; g++) {
    UNROLL for (int i = 0; i < 5; i++) c[g][i] = R(splat)(w->coefficients[5 * (first + g) + i]);
    UNROLL for (int p = 0; p < PANELS; p++) {
      s1[g][p] = R(load)(now + (2 * g * PANELS + p) * LANES);
      s2[g][p] = R(load)(now + ((2 * g + 1) * PANELS + p) * LANES);
    }
  }
  const SAMPLE *in = w->x;
  REAL *out = w->y;
  for (int64_t t = 0; t < count; t++) {
    UNROLL for (int p = 0; p < PANELS; p++) {
      int64_t at = p * PANEL + t * LANES;
      rvec x = samples ? load_samples(in + at) : R(load)(out + at);
      UNROLL for (int g = 0; g < group; g++) {
        rvec y = R(madd)(c[g][0], x, s1[g][p]);
        s1[g][p] = R(madd)(c[g][3], y, R(madd)(c[g][1], x, s2[g][p]));
        s2[g][p] = R(madd)(c[g][4], y, c[g][2] * x);
        x = y;
      }
      R(store)(out + at, x);
    }
  }
  UNROLL for (int g = 0; g < group; g++) {
    UNROLL for (int p = 0; p < PANELS; p++) {
      R(store)(next + (2 * g * PANELS + p) * LANES, s1[g][p]);
      R(store)(next + ((2 * g + 1) * PANELS + p) * LANES, s2[g][p]);
    }
  }
}

#define GROUP_OF(size)                                                               \
  static __attribute__((noinline)) void N(first##size)(const N(work) *w, int64_t n) { \
    N(sections)(w, 0, size, true, n);                                                \
  }                                                                                  \
  static __attribute__((noinline)) void N(later##size)(const N(work) *w, int64_t first, int64_t n) { \
    N(sections)(w, first, size, false, n);                                           \
  }
GROUP_OF(1)
GROUP_OF(2)
#if GROUP > 2
GROUP_OF(3)
GROUP_OF(4)
#endif
#undef GROUP_OF

static void N(group)(const N(work) *w, int64_t first, int64_t group, int64_t count) {
  switch (first == 0 ? group : group + 4) {
    case 1: N(first1)(w, count); return;
    case 2: N(first2)(w, count); return;
    case 5: N(later1)(w, first, count); return;
    case 6: N(later2)(w, first, count); return;
#if GROUP > 2
    case 3: N(first3)(w, count); return;
    case 4: N(first4)(w, count); return;
    case 7: N(later3)(w, first, count); return;
    case 8: N(later4)(w, first, count); return;
#endif
  }
}

/* Groups of nearly equal size, each at most GROUP: the state of more does not fit the registers. */
static void N(cascade)(N(work) *w, int64_t count) {
  if (w->load_gain != 1) {
    for (int64_t i = 0; i < PANELS * PANEL; i++) w->x[i] *= (SAMPLE)w->load_gain;
  }
  int64_t groups = (w->sections + GROUP - 1) / GROUP;
  for (int64_t i = 0, first = 0; i < groups; i++) {
    int64_t end = (i + 1) * w->sections / groups;
    N(group)(w, first, end - first, count);
    first = end;
  }
}

/* The last section's state is not finite once anything before it was not. */
static bool N(finite)(const N(work) *w) {
  const REAL *last = w->next + 2 * (w->sections - 1) * TILE_LANES;
  REAL sum = 0;
  UNROLL for (int i = 0; i < TILE_LANES; i++) sum += last[i] - last[i];
  return sum == 0;
}

static void N(write)(const N(work) *w, const N(tile) *t, int64_t from, int64_t count) {
  bool stream = w->plan->flags & MILLRACE_STREAM && ((uintptr_t)t->out | (uintptr_t)t->out_stride) % VECTOR == 0;
  for (int p = 0; p < PANELS; p++) {
    REAL *y = w->y + p * PANEL;
    SAMPLE *out = w->out + p * PANEL;
    if (w->store_gain != 1) {
      for (int64_t i = 0; i < count * LANES; i++) y[i] *= w->store_gain;
    }
#if FORMAT_NUMBER == FORMAT_f32
    for (int64_t i = 0; i < count; i++) narrow(out + i * LANES, R(load)(y + i * LANES));
#endif
    char *base = t->out + p * LANES * t->out_stride + from * (int64_t)sizeof(SAMPLE);
    if (stream) {
      N(scatter)(out, base, t->out_stride, count, true);
    } else {
      N(scatter)(out, base, t->out_stride, count, false);
    }
  }
}

/*
 * Takes all lanes through frames [from, to), a multiple of FRAMES. Where lanes are segments it stops before the block
 * in which one ceases to be finite, and returns its first frame; else it returns `to`. The state in `now` is of there.
 */
static int64_t N(sweep)(N(work) *w, const N(tile) *t, int64_t from, int64_t to, bool stop) {
  for (int64_t at = from; at < to; at += BLOCK) {
    int64_t count = to - at < BLOCK ? to - at : BLOCK;
    for (int p = 0; p < PANELS; p++) {
      const char *base = t->in + p * LANES * t->in_stride + at * (int64_t)sizeof(SAMPLE);
      N(gather)(base, t->in_stride, count, w->x + p * PANEL);
    }
    N(cascade)(w, count);
    if (stop && !N(finite)(w)) return at;
    if (t->out) N(write)(w, t, at, count);
    REAL *swap = w->now;
    w->now = w->next;
    w->next = swap;
  }
  return to;
}

static void N(set_lane)(N(work) *w, int64_t lane, const double *state) {
  for (int64_t i = 0; i < 2 * w->sections; i++) {
    w->now[i * TILE_LANES + lane] = (REAL)(state[i] * N(scale)(w, i / 2));
  }
}

static void N(get_lane)(const N(work) *w, int64_t lane, double *state) {
  for (int64_t i = 0; i < 2 * w->sections; i++) {
    state[i] = (double)w->now[i * TILE_LANES + lane] / N(scale)(w, i / 2);
  }
}

#include "serial.h"


/*
 * Finishes a tile of `length` frames a lane that stopped at frame `at`: segment after segment until a state is not
 * finite, and then on from that state. What lies in a segment written before then is finite, be it input or, in place,
 * output, and finite input does not change what follows a state that is not.
 */
static void N(finish)(N(work) *w, const N(tile) *t, int64_t at, int64_t length, double *state) {
  int64_t order = 2 * w->sections;
  for (int64_t lane = 0; lane < TILE_LANES; lane++) N(get_lane)(w, lane, w->start + lane * order);
  bool broken = false;
  for (int64_t lane = 0; lane < TILE_LANES; lane++) {
    int64_t from = broken ? 0 : at;
    if (!broken) {
      for (int64_t i = 0; i < order; i++) state[i] = w->start[lane * order + i];
    }
    int64_t offset = from * (int64_t)sizeof(SAMPLE);
    char *out = t->out ? t->out + lane * t->out_stride + offset : NULL;
    N(serial)(w, t->in + lane * t->in_stride + offset, out, length - from, state);
    broken = !N(all_finite)(state, order);
  }
}

/* start[i + 1] = A^S start[i] + z[i]; A is block lower-triangular. Without a power the first term is nothing. */
static void N(scan)(N(work) *w, const double *power, const double *state) {
  int64_t order = 2 * w->sections;
  for (int64_t i = 0; i < order; i++) w->start[i] = state[i];
  for (int64_t lane = 0; lane < TILE_LANES; lane++) {
    const double *s = w->start + lane * order;
    double *to = w->start + (lane + 1) * order;
    N(get_lane)(w, lane, to);
    for (int64_t i = 0; power && i < order; i++) {
      double sum = to[i];
      for (int64_t j = 0; j <= (i | 1); j++) sum = madd_double(power[i * order + j], s[j], sum);
      to[i] = sum;
    }
  }
}

/*
 * One tile of TILE_LANES segments. `before` frames at the end of each are run from zero first. Returns the segments
 * done: fewer than all, and nothing done beyond the pre-sweep, if what one of them leaves behind is not finite.
 */
static int64_t N(segments)(N(work) *w, const N(tile) *t, int64_t length, int64_t before, const double *power,
                           double *state) {
  int64_t order = 2 * w->sections;
  for (int64_t i = 0; i < order * TILE_LANES; i++) w->now[i] = 0;
  N(tile) silent = {.in = t->in, .in_stride = t->in_stride};
  N(sweep)(w, &silent, length - before, length, false);
  N(scan)(w, power, state);
  for (int64_t lane = 0; lane < TILE_LANES; lane++) {
    if (!N(all_finite)(w->start + (lane + 1) * order, order)) return lane;
  }
  if (!t->out) {
    for (int64_t i = 0; i < order; i++) state[i] = w->start[TILE_LANES * order + i];
    return TILE_LANES;
  }
  for (int64_t lane = 0; lane < TILE_LANES; lane++) N(set_lane)(w, lane, w->start + lane * order);
  int64_t end = N(sweep)(w, t, 0, length, true);
  if (end < length) {
    N(finish)(w, t, end, length, state);
  } else {
    N(get_lane)(w, TILE_LANES - 1, state);
  }
  return TILE_LANES;
}

/* How to cut the next tile out of `frames` frames. */
typedef struct {
  int64_t length; /* frames of a segment; 0: run serially */
  int64_t before;
  const double *power;
} N(cut);

static N(cut) N(choose)(const N(work) *w, int64_t frames, bool output) {
  const millrace_cascade *plan = w->plan;
  int64_t most = frames / TILE_LANES;
  if (plan->flags & MILLRACE_SERIAL) return (N(cut)){0};
  if (plan->decay >= 0 && output) {
    /* an odd number of lines: segments a multiple of 4,096 bytes apart would share a few sets of the cache */
    int64_t lines = most / LINE;
    int64_t length = (lines - (lines % 2 == 0)) * LINE;
    int64_t before = (plan->decay + FRAMES - 1) / FRAMES * FRAMES;
    if (length > 0 && before <= length) return (N(cut)){length, before, NULL};
  }
  for (int64_t i = plan->lengths - 1; i >= 0; i--) {
    int64_t length = plan->segments[i];
    int64_t order = 2 * plan->sections;
    if (length <= most) return (N(cut)){length, length, plan->powers + i * order * order};
  }
  return (N(cut)){0};
}

static void N(channel)(N(work) *w, const char *in, char *out, int64_t frames, double *state) {
  int64_t done = 0;
  int64_t width = sizeof(SAMPLE);
  uintptr_t misaligned = (uintptr_t)out % 64;
  if (out && w->plan->flags & MILLRACE_STREAM && misaligned && misaligned % sizeof(SAMPLE) == 0) {
    done = LINE - (int64_t)(misaligned / sizeof(SAMPLE));
    if (done > frames) done = frames;
    N(serial)(w, in, out, done, state);
  }
  int64_t end = frames;
  while (done < frames) {
    bool finite = N(all_finite)(state, 2 * w->sections);
    N(cut) cut = finite ? N(choose)(w, end - done, out != NULL) : (N(cut)){0};
    char *to = out ? out + done * width : NULL;
    if (cut.length == 0) {
      N(serial)(w, in + done * width, to, end - done, state);
      done = end;
    } else {
      N(tile) tile = {in + done * width, cut.length * width, to, cut.length * width};
      int64_t lanes = N(segments)(w, &tile, cut.length, cut.before, cut.power, state);
      if (lanes == TILE_LANES) {
        done += lanes * cut.length;
      } else if (lanes > 0) {
        end = done + lanes * cut.length;
        continue;
      } else {
        N(serial)(w, in + done * width, to, cut.length, state);
        done += cut.length;
      }
    }
    if (done == end) end = frames;
  }
}

/* TILE_LANES channels, a lane each. */
static void N(channels)(N(work) *w, const N(tile) *t, int64_t frames, double *state) {
  int64_t order = 2 * w->sections;
  for (int64_t lane = 0; lane < TILE_LANES; lane++) N(set_lane)(w, lane, state + lane * order);
  int64_t whole = frames / FRAMES * FRAMES;
  N(sweep)(w, t, 0, whole, false);
  for (int64_t lane = 0; lane < TILE_LANES; lane++) N(get_lane)(w, lane, state + lane * order);
  for (int64_t lane = 0; lane < TILE_LANES && whole < frames; lane++) {
    int64_t offset = whole * (int64_t)sizeof(SAMPLE);
    N(serial)(w, t->in + lane * t->in_stride + offset, t->out + lane * t->out_stride + offset, frames - whole,
              state + lane * order);
  }
}

static void N(silence)(double *state, int64_t count) {
  for (int64_t i = 0; i < count; i++) {
    if (state[i] < 1e-200 && state[i] > -1e-200) state[i] = 0;
  }
}

void PUBLIC(cascade)(const millrace_cascade *plan, const SAMPLE *in, int64_t in_stride, SAMPLE *out,
                     int64_t out_stride, int64_t channels, int64_t frames, double *state, void *scratch) {
  float_mode saved = flush_subnormals();
  N(work) w = N(prepare)(plan, scratch);
  int64_t order = 2 * plan->sections;
  int64_t c = 0;
  bool serial = plan->flags & MILLRACE_SERIAL;
  for (; !serial && frames >= FRAMES && c + TILE_LANES <= channels; c += TILE_LANES) {
    N(tile) tile = {(const char *)in + c * in_stride, in_stride, (char *)out + c * out_stride, out_stride};
    N(channels)(&w, &tile, frames, state + c * order);
  }
  for (; c < channels; c++) {
    N(channel)(&w, (const char *)in + c * in_stride, (char *)out + c * out_stride, frames, state + c * order);
  }
  N(silence)(state, channels * order);
  if (plan->flags & MILLRACE_STREAM) stream_end();
  restore_mode(saved);
}

void PUBLIC(cascade_state)(const millrace_cascade *plan, const SAMPLE *in, int64_t frames, double *state,
                           void *scratch) {
  float_mode saved = flush_subnormals();
  N(work) w = N(prepare)(plan, scratch);
  int64_t order = 2 * plan->sections;
  int64_t skip = plan->decay >= 0 && frames > plan->decay ? frames - plan->decay : 0;
  if (N(all_finite)(state, order)) {
    for (int64_t i = 0; skip > 0 && i < order; i++) state[i] = 0;
    N(channel)(&w, (const char *)in + skip * (int64_t)sizeof(SAMPLE), NULL, frames - skip, state);
    N(silence)(state, order);
  }
  restore_mode(saved);
}

void PUBLIC(cascade_correct)(const double *table, int64_t order, const double *state, SAMPLE *out, int64_t frames) {
  float_mode saved = flush_subnormals();
  for (int64_t t = 0; t < frames; t++) {
    SAMPLE_any *y = (SAMPLE_any *)out + t;
    double sum = *y;
    for (int64_t i = 0; i < order; i++) sum = madd_double(table[t * order + i], state[i], sum);
    *y = (SAMPLE)sum;
  }
  restore_mode(saved);
}

#undef PANEL
#undef TILE_LANES
#undef LINE
