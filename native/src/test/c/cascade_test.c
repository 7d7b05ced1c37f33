/*
 * Cascades against a serial run in extended precision.
 *
 * One noise signal serves every case: the reference for a filter is run once, and a case begins at one of two places in
 * it and ends anywhere. Errors are rms relative to the output's rms; beyond the rounding of the samples they may be 50
 * times what the plain serial float64 loop has, in float32 arithmetic 1.5 times what the plain float32 loop has.
 */
#include <math.h>
#include <stdlib.h>

#include "check.h"
#include "filters.h"
#include "theory.h"

#ifdef BRIEF
enum { LONGEST = 9001, EVERY = 3 };
#else
enum { LONGEST = 70001, EVERY = 1 };
#endif
enum { MIDDLE = 777, TOTAL = LONGEST + MIDDLE, GUARD = 64 };

typedef struct {
  const char *name;
  int64_t sections, decay;
  const double *coefficients;
  double *powers, *scale;
  double *output;      /* [TOTAL] */
  double *middle;      /* [2K], state before frame MIDDLE */
  double error[FORMATS]; /* of the plain serial loop */
} subject;

static double *input; /* [TOTAL] */

/* The plain serial loop, in the arithmetic REAL. */
#define PLAIN(name, REAL)                                                                     \
  static void name(const double *c, int64_t sections, REAL *s, const double *in, double *out, int64_t n) { \
    for (int64_t t = 0; t < n; t++) {                                                         \
      REAL x = (REAL)in[t];                                                                   \
      for (int64_t k = 0; k < sections; k++) {                                                \
        const double *p = c + 5 * k;                                                          \
        REAL y = (REAL)p[0] * x + s[2 * k];                                                   \
        s[2 * k] = (REAL)p[1] * x - (REAL)p[3] * y + s[2 * k + 1];                            \
        s[2 * k + 1] = (REAL)p[2] * x - (REAL)p[4] * y;                                       \
        x = y;                                                                                \
      }                                                                                       \
      out[t] = (double)x;                                                                     \
    }                                                                                         \
  }
PLAIN(plain_float, float)
PLAIN(plain_double, double)
PLAIN(plain_long, long double)

/* Floats below 1.2e-38 are zero, so an output that is all but silent is measured against more than itself. */
static double relative_rms(const double *got, const double *expected, int64_t n) {
  double error = 0, power = 1e-60;
  for (int64_t t = 0; t < n; t++) {
    error += (got[t] - expected[t]) * (got[t] - expected[t]);
    power += expected[t] * expected[t];
  }
  return sqrt(error / power);
}

static double rms(const double *x, int64_t n) {
  double power = 1e-60;
  for (int64_t t = 0; t < n; t++) power += x[t] * x[t] / (double)n;
  return sqrt(power);
}

static subject prepare(int i) {
  subject s = {.name = filters[i].name, .sections = filters[i].sections, .coefficients = filters[i].coefficients};
  int64_t order = 2 * s.sections;
  s.decay = decay_of(s.coefficients, s.sections, 1e-17, 100000);
  s.powers = powers_of(s.coefficients, s.sections);
  s.scale = malloc((size_t)s.sections * sizeof(double));
  spread_of(s.coefficients, s.sections, s.scale);
  s.output = malloc(TOTAL * sizeof(double));
  s.middle = malloc((size_t)order * sizeof(double));
  long double *state = calloc((size_t)order, sizeof *state);
  plain_long(s.coefficients, s.sections, state, input, s.output, MIDDLE);
  for (int64_t j = 0; j < order; j++) s.middle[j] = (double)state[j];
  plain_long(s.coefficients, s.sections, state, input + MIDDLE, s.output + MIDDLE, LONGEST);
  free(state);

  double *plain = malloc(TOTAL * sizeof(double));
  float *narrow_state = calloc((size_t)order, sizeof *narrow_state);
  double *wide_state = calloc((size_t)order, sizeof *wide_state);
  plain_float(s.coefficients, s.sections, narrow_state, input, plain, TOTAL);
  s.error[F32FAST] = relative_rms(plain, s.output, TOTAL);
  plain_double(s.coefficients, s.sections, wide_state, input, plain, TOTAL);
  s.error[F64] = s.error[F32] = relative_rms(plain, s.output, TOTAL);
  free(plain);
  free(narrow_state);
  free(wide_state);
  return s;
}

static void dispose(subject *s) {
  free(s->powers);
  free(s->scale);
  free(s->output);
  free(s->middle);
}

typedef struct {
  enum format format;
  int64_t frames, channels;
  int64_t start;    /* 0 or MIDDLE */
  int64_t skew;     /* bytes that input and output lie off alignment */
  bool in_place, scanned; /* scanned: as if the filter had no decay */
  int64_t flags;
  double load, store;
} call;

#include "tolerance.h"

static millrace_cascade plan_of(const subject *s, const call *c) {
  return (millrace_cascade){
      .sections = s->sections,
      .coefficients = s->coefficients,
      .scale = s->scale,
      .load_gain = c->load,
      .store_gain = c->store,
      .decay = c->scanned ? -1 : s->decay,
      .lengths = SEGMENT_LENGTHS,
      .segments = SEGMENTS,
      .powers = s->powers,
      .flags = c->flags,
  };
}

static const char *text(const subject *s, const variant *v, const call *c) {
  static char buffer[300];
  snprintf(buffer, sizeof buffer, "%s %s %s: %ld frames, %ld channels from %ld, skew %ld%s%s, flags %ld, gains %g %g",
           v->name, format_names[c->format], s->name, (long)c->frames, (long)c->channels, (long)c->start,
           (long)c->skew, c->in_place ? ", in place" : "", c->scanned ? ", scanned" : "", (long)c->flags, c->load,
           c->store);
  return buffer;
}

/* Channels of a buffer, each GUARD bytes of 0x5a after the one before. */
typedef struct {
  char *memory, *base;
  int64_t stride, size;
} buffer;

static buffer buffer_of(const call *c) {
  buffer b = {.stride = c->frames * sample_bytes[c->format] + GUARD};
  b.size = b.stride * c->channels + GUARD + c->skew;
  b.memory = aligned_alloc(64, (size_t)(b.size + 63) / 64 * 64);
  memset(b.memory, 0x5a, (size_t)b.size);
  b.base = b.memory + GUARD + c->skew;
  return b;
}

static bool guarded(const buffer *b, const call *c) {
  bool intact = true;
  for (int64_t i = 0; i < GUARD + c->skew; i++) intact &= b->memory[i] == 0x5a;
  for (int64_t channel = 0; channel < c->channels; channel++) {
    const char *end = b->base + channel * b->stride + c->frames * sample_bytes[c->format];
    for (int64_t i = 0; i < b->stride - c->frames * sample_bytes[c->format]; i++) {
      if (end + i < b->memory + b->size) intact &= end[i] == 0x5a;
    }
  }
  return intact;
}

/* Channel c begins c frames further on in the signal than `start`, so that no two are alike; state from there. */
static void start_state(const subject *s, const call *c, int64_t channel, double *state) {
  int64_t order = 2 * s->sections;
  double *ignored = malloc(64 * sizeof *ignored);
  for (int64_t i = 0; i < order; i++) state[i] = c->start ? s->middle[i] : 0;
  plain_double(s->coefficients, s->sections, state, input + c->start, ignored, channel);
  free(ignored);
}

static void run_case(const subject *s, const variant *v, const call *c) {
  int64_t order = 2 * s->sections;
  millrace_cascade plan = plan_of(s, c);
  buffer in = buffer_of(c), out = c->in_place ? in : buffer_of(c);
  double *state = malloc((size_t)(c->channels * order + 1) * sizeof *state);
  char *scratch = malloc((size_t)millrace_cascade_scratch(s->sections));
  for (int64_t ch = 0; ch < c->channels; ch++) {
    start_state(s, c, ch, state + ch * order);
    for (int64_t t = 0; t < c->frames; t++) {
      put(c->format, in.base + ch * in.stride, t, input[c->start + ch + t] / c->load);
    }
  }
  v->of[c->format].cascade(&plan, in.base, in.stride, out.base, out.stride, c->channels, c->frames, state, scratch);
  double *got = malloc((size_t)(c->frames + 1) * sizeof *got), *after = malloc((size_t)order * sizeof *after);
  double limit = tolerance(s, c);
  for (int64_t ch = 0; ch < c->channels; ch++) {
    for (int64_t t = 0; t < c->frames; t++) got[t] = get(c->format, out.base + ch * out.stride, t) / c->store;
    double error = relative_rms(got, s->output + c->start + ch, c->frames);
    /* a frame or two may lie at a zero crossing */
    if (c->frames < 8) error *= fmin(1, rms(s->output + c->start + ch, c->frames) / rms(s->output, TOTAL));
    CHECK(error <= limit, "%s: channel %ld has error %.2e, at most %.2e", text(s, v, c), (long)ch, error, limit);
    if (c->frames <= 2000 && c->format != F32FAST) {
      start_state(s, c, ch, after);
      double *sink = malloc((size_t)(c->frames + 1) * sizeof *sink);
      plain_double(s->coefficients, s->sections, after, input + c->start + ch, sink, c->frames);
      double drift = apart(s, state + ch * order, after), most = fmax(1e-13, 50 * s->error[F64]);
      CHECK(drift <= most, "%s: state of channel %ld is off by %.2e, at most %.2e", text(s, v, c), (long)ch, drift,
            most);
      free(sink);
    }
  }
  CHECK(guarded(&out, c), "%s: wrote outside", text(s, v, c));
  free(got);
  free(after);
  free(state);
  free(scratch);
  if (!c->in_place) free(out.memory);
  free(in.memory);
}

static void shapes(const subject *s, const variant *v, enum format f) {
  static const int64_t lengths[] = {0, 1, 3, 15, 16, 17, 127, 128, 129, 767, 768, 1537, 3841, 8003, 20011};
  for (int i = 0; i < (int)(sizeof lengths / sizeof *lengths); i++) {
    call c = {.format = f, .frames = lengths[i], .channels = 1, .load = 1, .store = 1};
    if (c.frames > LONGEST) continue;
    run_case(s, v, &c);
    c.start = MIDDLE;
    c.in_place = true;
    c.scanned = i % 2;
    c.skew = i % 3 ? sample_bytes[f] * (i % 5) : i;
    c.flags = i % 4 ? MILLRACE_STREAM : 0;
    run_case(s, v, &c);
    c.in_place = false;
    c.load = 0.5;
    c.store = -3;
    c.scanned = !c.scanned;
    run_case(s, v, &c);
    c.flags = MILLRACE_SERIAL;
    run_case(s, v, &c);
  }
  call longest = {.format = f, .frames = LONGEST, .channels = 1, .start = MIDDLE, .load = 1, .store = 1};
  run_case(s, v, &longest);
  longest.scanned = longest.in_place = true;
  run_case(s, v, &longest);
}

static void channels(const subject *s, const variant *v, enum format f) {
  static const int64_t counts[] = {2, 7, 16, 17, 33};
  static const int64_t lengths[] = {1, 63, 64, 200, 1000};
  for (int i = 0; i < 5; i++) {
    for (int k = 0; k < 5; k++) {
      call c = {.format = f, .frames = lengths[k], .channels = counts[i], .start = k % 2 ? MIDDLE : 0, .load = 1,
                .store = k == 3 ? 2 : 1, .in_place = (i + k) % 2, .skew = k == 4 ? 5 : 0, .flags = i % 2};
      run_case(s, v, &c);
    }
  }
}

/* NaN, infinite or finite as expected. Behind an infinity the plain loop, which waits for y, may turn to NaN a frame
   earlier. */
static bool same_class(double poison, double got, double expected) {
  return isfinite(got) == isfinite(expected) && (isinf(poison) || isnan(got) == isnan(expected));
}

static void poison(const subject *s, const variant *v, enum format f, bool in_place, int64_t at, double x) {
  enum { N = 9000, CHANNELS = 2 };
  call c = {.format = f, .frames = N, .channels = CHANNELS, .in_place = in_place, .load = 1, .store = 1};
  int64_t order = 2 * s->sections;
  for (int scanned = 0; scanned < 2; scanned++) {
    c.scanned = scanned;
    millrace_cascade plan = plan_of(s, &c);
    buffer in = buffer_of(&c), out = in_place ? in : buffer_of(&c);
    double *state = calloc((size_t)(CHANNELS * order), sizeof *state), *plain = calloc((size_t)order, sizeof *plain);
    char *scratch = malloc((size_t)millrace_cascade_scratch(s->sections));
    double *signal = malloc(N * sizeof *signal), *expected = malloc(N * sizeof *expected);
    for (int64_t t = 0; t < N; t++) signal[t] = t == at ? x : input[t];
    for (int64_t t = 0; t < N; t++) put(f, in.base, t, signal[t]);
    for (int64_t t = 0; t < N; t++) put(f, in.base + in.stride, t, input[t]);
    plain_double(s->coefficients, s->sections, plain, signal, expected, N);
    v->of[f].cascade(&plan, in.base, in.stride, out.base, out.stride, CHANNELS, N, state, scratch);
    int64_t wrong = -1, stray = -1;
    for (int64_t t = N - 1; t >= 0; t--) {
      if (!same_class(x, get(f, out.base, t), expected[t])) wrong = t;
      if (!isfinite(get(f, out.base + out.stride, t))) stray = t;
    }
    CHECK(wrong < 0, "%s: %g at %ld: frame %ld is %g, expected %g", text(s, v, &c), x, (long)at, (long)wrong,
          wrong < 0 ? 0 : get(f, out.base, wrong), wrong < 0 ? 0 : expected[wrong]);
    CHECK(stray < 0, "%s: %g at %ld reached the other channel", text(s, v, &c), x, (long)at);
    for (int64_t i = 0; i < order; i++) {
      CHECK(same_class(x, state[i], plain[i]), "%s: %g at %ld: state %ld is %g, expected %g", text(s, v, &c), x,
            (long)at, (long)i, state[i], plain[i]);
    }
    free(state);
    free(plain);
    free(scratch);
    free(signal);
    free(expected);
    if (!in_place) free(out.memory);
    free(in.memory);
  }
}

static void poisons(const subject *s, const variant *v, enum format f) {
  static const int64_t places[] = {0, 1, 300, 4000, 8500, 8999};
  for (int i = 0; i < 6; i++) {
    for (int in_place = 0; in_place < 2; in_place++) {
      poison(s, v, f, in_place, places[i], NAN);
      poison(s, v, f, in_place, places[i], i % 2 ? INFINITY : -INFINITY);
    }
  }
}

/* State over a run equals that of filtering it. */
static void pieces(const subject *s, const variant *v, enum format f) {
  enum { N = LONGEST / 3 };
  call c = {.format = f, .frames = N, .channels = 1, .load = 1, .store = 1};
  int64_t order = 2 * s->sections;
  double *silent = calloc((size_t)(2 * order), sizeof *silent), *filtered = silent + order;
  char *scratch = malloc((size_t)millrace_cascade_scratch(s->sections));
  char *x = malloc(N * 8), *y = malloc(N * 8);
  for (int64_t t = 0; t < N; t++) put(f, x, t, input[t]);
  for (int scanned = 0; scanned < 2; scanned++) {
    c.scanned = scanned;
    millrace_cascade plan = plan_of(s, &c);
    memset(silent, 0, (size_t)(2 * order) * sizeof *silent);
    v->of[f].cascade_state(&plan, x, N, silent, scratch);
    v->of[f].cascade(&plan, x, 0, y, 0, 1, N, filtered, scratch);
    double drift = apart(s, silent, filtered), most = f == F32FAST ? 2 * tolerance(s, &c) : tolerance(s, &c);
    CHECK(drift <= most, "%s: state alone is off by %.2e, at most %.2e", text(s, v, &c), drift, most);
  }
  free(silent);
  free(scratch);
  free(x);
  free(y);
}

#include "bits.h"

/* After a burst the tail dies away to zeros without a subnormal number on the way. */
static void tail(const subject *s, const variant *v, enum format f) {
  enum { N = 60000 };
  call c = {.format = f, .frames = N, .channels = 1, .load = 1, .store = 1, .in_place = true};
  millrace_cascade plan = plan_of(s, &c);
  char *x = malloc(N * 8), *scratch = malloc((size_t)millrace_cascade_scratch(s->sections));
  double *state = calloc((size_t)(2 * s->sections), sizeof *state);
  for (int64_t t = 0; t < N; t++) put(f, x, t, t < 100 ? input[t] : 0);
  v->of[f].cascade(&plan, x, 0, x, 0, 1, N, state, scratch);
  int64_t subnormal = 0;
  for (int64_t t = 0; t < N; t++) {
    double y = fabs(get(f, x, t));
    if (y > 0 && y < (f == F64 ? 2.2250738585072014e-308 : 1.17549435e-38)) subnormal++;
  }
  CHECK(subnormal == 0, "%s: %ld subnormal outputs", text(s, v, &c), (long)subnormal);
  for (int i = 0; i < 60; i++) {
    memset(x, 0, 1000 * 8);
    v->of[f].cascade(&plan, x, 0, x, 0, 1, 1000, state, scratch);
  }
  for (int64_t i = 0; i < 2 * s->sections; i++) {
    CHECK(state[i] == 0 || fabs(state[i]) >= 1e-200, "%s: state %ld is %g", text(s, v, &c), (long)i, state[i]);
  }
  volatile double tiny = 4e-310, half = 0.5;
  CHECK(tiny * half > 0, "%s: the caller's floating-point mode is lost", text(s, v, &c));
  free(x);
  free(scratch);
  free(state);
}

void cascade_tests(void) {
  uint32_t seed = 1;
  input = malloc((TOTAL + 64) * sizeof *input);
  for (int64_t t = 0; t < TOTAL; t++) input[t] = noise(&seed);
  for (int i = 0; i < (int)(sizeof filters / sizeof *filters); i += EVERY) {
    subject s = prepare(i);
    printf("%-20s decay %6ld, serial error %.1e, in float32 %.1e\n", s.name, (long)s.decay, s.error[F64], s.error[F32FAST]);
    for (int k = 0; k < variant_count; k++) {
      for (enum format f = F64; runs(&variants[k]) && f < FORMATS; f++) {
        shapes(&s, &variants[k], f);
        channels(&s, &variants[k], f);
        if (f != F32FAST || isfinite(s.error[f])) poisons(&s, &variants[k], f);
        pieces(&s, &variants[k], f);
        tail(&s, &variants[k], f);
        addresses(&s, &variants[k], f);
        if (f != F32FAST || isfinite(s.error[f])) steady(&s, &variants[k], f);
      }
    }
    dispose(&s);
  }
  free(input);
}
