/*
 * Second-order sections in transposed direct form II, one lane per segment or per channel, in one format.
 *
 * Lanes advance together, a vector's worth of frames at a time: the samples of all lanes turn in registers, go through
 * all sections, turn back and are stored. Memory is read and written once, however many sections there are.
 */

/* samples in a cache line */
#define LINE (64 / (int64_t)sizeof(SAMPLE))
/* frames that the serial form takes together */
#define PIECE 512

typedef struct {
  const millrace_cascade *plan;
  int64_t sections;
  REAL *coefficients; /* [K][5], b0, b1 - a1 b0, b2 - a2 b0, -a1, -a2 */
  REAL store_gain;
  int form;           /* of all sections but the first */
  rvec *state;        /* [2K], of all lanes */
  REAL *line;         /* [PIECE] */
  double *start;      /* [LANES + 1][2K], state of each lane at the start of its segment, in the caller's scale */
} N(work);

/* Lane v of a tile begins at base + v * stride bytes. */
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

#include "sweep.h"

static N(work) N(prepare)(const millrace_cascade *plan, void *scratch) {
  int64_t k = plan->sections;
  char *at = (char *)(((uintptr_t)scratch + 63) & ~(uintptr_t)63);
  bool cut = plan->decay >= 0 || plan->lengths > 0;
  N(work) w = {.plan = plan, .sections = k, .form = cut && k >= LOW_FROM ? LOW : UNIT};
  w.state = (rvec *)at;
  w.line = (REAL *)(w.state + 2 * k);
  w.start = (double *)(w.line + PIECE);
  w.coefficients = (REAL *)(w.start + (LANES + 1) * 2 * k);
  for (int64_t s = 0; s < k; s++) {
    const double *c = plan->coefficients + 5 * s;
    double gain = N(scale)(&w, s) / N(scale)(&w, s - 1) * (s == 0 ? plan->load_gain : 1);
    REAL *to = w.coefficients + 5 * s;
    to[0] = (REAL)(gain * c[0]);
    if (s > 0) w.form = N(form_of)(to[0], c, w.form);
    to[1] = (REAL)(gain * fma(-c[3], c[0], c[1]));
    to[2] = (REAL)(gain * fma(-c[4], c[0], c[2]));
    to[3] = (REAL)-c[3];
    to[4] = (REAL)-c[4];
  }
  w.store_gain = (REAL)(plan->store_gain / N(scale)(&w, k - 1));
  return w;
}

static void N(set_lane)(N(work) *w, int64_t lane, const double *state) {
  for (int64_t i = 0; i < 2 * w->sections; i++) w->state[i][lane] = (REAL)(state[i] * N(scale)(w, i / 2));
}

static void N(get_lane)(const N(work) *w, int64_t lane, double *state) {
  for (int64_t i = 0; i < 2 * w->sections; i++) state[i] = (double)w->state[i][lane] / N(scale)(w, i / 2);
}

#include "serial.h"

/*
 * Once a segment has ended in a state that is not finite, what follows is run again, one segment after the other, from
 * that state. In place the input of those is lost: their output stands in for it, and finite input does not change what
 * follows a state that is not finite.
 */
static void N(spoil)(N(work) *w, const N(tile) *t, int64_t lane, int64_t length, double *state) {
  for (int64_t i = lane; i < LANES; i++) {
    N(serial)(w, t->in + i * t->in_stride, t->out + i * t->out_stride, length, state);
  }
}

/* (s1, s2) of each section to (s1, s2 - s1 a1 / 2), or back with sign -1. */
static void N(turn_state)(const N(work) *w, double *state, double sign) {
  for (int64_t k = 0; k < w->sections; k++) {
    double half = -0.5 * sign * w->plan->coefficients[5 * k + 3];
    state[2 * k + 1] = fma(half, state[2 * k], state[2 * k + 1]);
  }
}

/*
 * start[i + 1] = A^S start[i] + z[i], for states turned as `powers` wants them; A is block lower-triangular. Without a
 * power the first term is nothing.
 */
static void N(scan)(N(work) *w, const double *power, const double *state) {
  int64_t order = 2 * w->sections;
  for (int64_t i = 0; i < order; i++) w->start[i] = state[i];
  if (power) N(turn_state)(w, w->start, 1);
  for (int64_t lane = 0; lane < LANES; lane++) {
    double *s = w->start + lane * order;
    double *to = s + order;
    N(get_lane)(w, lane, to);
    if (!power) continue;
    N(turn_state)(w, to, 1);
    for (int64_t i = 0; i < order; i++) {
      double sum = to[i];
      for (int64_t j = 0; j <= (i | 1); j++) sum = madd_double(power[i * order + j], s[j], sum);
      to[i] = sum;
    }
    N(turn_state)(w, s, -1);
  }
  if (power) N(turn_state)(w, w->start + LANES * order, -1);
  for (int64_t i = 0; i < order; i++) w->start[i] = state[i];
}

/*
 * One tile of LANES segments. `before` frames at the end of each are run from zero first. Returns the segments
 * done: fewer than all, and nothing done beyond the pre-sweep, if what one of them leaves behind is not finite.
 */
static int64_t N(segments)(N(work) *w, const N(tile) *t, int64_t length, int64_t before, const double *power,
                           double *state) {
  int64_t order = 2 * w->sections;
  for (int64_t i = 0; i < order; i++) w->state[i] = (rvec){0};
  N(tile) silent = {.in = t->in, .in_stride = t->in_stride};
  N(sweep)(w, &silent, length - before, length);
  N(scan)(w, power, state);
  for (int64_t lane = 0; lane < LANES; lane++) {
    if (!N(all_finite)(w->start + (lane + 1) * order, order)) return lane;
  }
  if (!t->out) {
    for (int64_t i = 0; i < order; i++) state[i] = w->start[LANES * order + i];
    return LANES;
  }
  for (int64_t lane = 0; lane < LANES; lane++) N(set_lane)(w, lane, w->start + lane * order);
  N(sweep)(w, t, 0, length);
  for (int64_t lane = 0; lane < LANES; lane++) {
    N(get_lane)(w, lane, state);
    if (!N(all_finite)(state, order)) {
      N(spoil)(w, t, lane + 1, length, state);
      break;
    }
  }
  return LANES;
}

/* How to cut the next tile out of `frames` frames. */
typedef struct {
  int64_t length; /* frames of a segment; 0: run serially */
  int64_t before;
  const double *power;
} N(cut);

static N(cut) N(choose)(const N(work) *w, int64_t frames, bool output) {
  const millrace_cascade *plan = w->plan;
  int64_t most = frames / LANES;
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
      if (lanes == LANES) {
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

/* LANES channels, a lane each. */
static void N(channels)(N(work) *w, const N(tile) *t, int64_t frames, double *state) {
  int64_t order = 2 * w->sections;
  for (int64_t lane = 0; lane < LANES; lane++) N(set_lane)(w, lane, state + lane * order);
  int64_t whole = frames / FRAMES * FRAMES;
  N(sweep)(w, t, 0, whole);
  for (int64_t lane = 0; lane < LANES; lane++) N(get_lane)(w, lane, state + lane * order);
  for (int64_t lane = 0; lane < LANES && whole < frames; lane++) {
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
  for (; !serial && frames >= FRAMES && c + LANES <= channels; c += LANES) {
    N(tile) tile = {(const char *)in + c * in_stride, in_stride, (char *)out + c * out_stride, out_stride};
    N(channels)(&w, &tile, frames, state + c * order);
  }
  for (; c < channels; c++) {
    N(channel)(&w, (const char *)in + c * in_stride, (char *)out + c * out_stride, frames, state + c * order);
  }
  if (!(plan->flags & MILLRACE_HOLD)) N(silence)(state, channels * order);
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

#undef LINE
#undef PIECE
#undef ANY
#undef UNIT
#undef LOW
