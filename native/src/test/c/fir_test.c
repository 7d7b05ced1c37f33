/*
 * FIR filters against the textbook sum in extended precision.
 *
 * Errors are rms over a call, relative to the rms of the call's or the whole output, whichever is larger: float64 1e-14,
 * float32 samples 5e-8 in float64 arithmetic and 5e-7 in float32 arithmetic. A few frames may all be as far from a
 * float32 as half a unit in its last place, 6e-8.
 */
#include <math.h>
#include <stdlib.h>

#include "check.h"

enum { TOTAL = 12000, MIDDLE = 3001, GUARD = 64 };

static double *input; /* [TOTAL] */

typedef struct {
  int64_t taps;
  double *h;      /* [taps] */
  double *output; /* [TOTAL] */
  double power;   /* mean square of the output */
} subject;

typedef struct {
  enum format format;
  const fir_kernels *kernels;
  const char *variant;
  int64_t longest, frames, start, skew;
  bool in_place;
  int64_t flags;
  double load, store;
} call;

static subject prepare(int64_t taps) {
  subject s = {.taps = taps, .h = malloc((size_t)taps * sizeof(double)), .output = malloc(TOTAL * sizeof(double))};
  uint32_t seed = 77;
  for (int64_t k = 0; k < taps; k++) s.h[k] = noise(&seed);
  for (int64_t n = 0; n < TOTAL; n++) {
    long double sum = 0;
    for (int64_t k = 0; k < taps && k <= n; k++) sum += (long double)s.h[k] * (long double)input[n - k];
    s.output[n] = (double)sum;
    s.power += s.output[n] * s.output[n] / TOTAL;
  }
  return s;
}

static void dispose(subject *s) {
  free(s->h);
  free(s->output);
}

static double tolerance(enum format f) { return f == F64 ? 1e-14 : f == F32 ? 5e-8 : 5e-7; }

static const char *text(const subject *s, const call *c) {
  static char buffer[300];
  snprintf(buffer, sizeof buffer, "%s %s, %ld taps, transforms to %ld: %ld frames from %ld, skew %ld%s, flags %ld",
           c->variant, format_names[c->format], (long)s->taps, (long)c->longest, (long)c->frames, (long)c->start,
           (long)c->skew, c->in_place ? ", in place" : "", (long)c->flags);
  return buffer;
}

/* A filter ready to run, its tables and scratch no larger than they must be. */
typedef struct {
  millrace_fir fir;
  void *tables, *scratch;
  double *past;
} filter;

static filter filter_of(const subject *s, const call *c) {
  filter f = {.fir = {.taps = s->taps, .longest = c->longest, .load_gain = c->load, .store_gain = c->store,
                      .flags = c->flags}};
  f.tables = malloc((size_t)c->kernels->table_bytes(&f.fir));
  f.scratch = malloc((size_t)c->kernels->scratch_bytes(&f.fir));
  memset(f.scratch, 0x7f, (size_t)c->kernels->scratch_bytes(&f.fir));
  f.past = malloc((size_t)s->taps * sizeof(double));
  for (int64_t i = 0; i < s->taps - 1; i++) {
    int64_t at = c->start - (s->taps - 1) + i;
    f.past[i] = at < 0 ? 0 : c->load * input[at];
  }
  c->kernels->tables(&f.fir, s->h, f.tables, f.scratch);
  f.fir.tables = f.tables;
  return f;
}

static void close_filter(filter *f) {
  free(f->tables);
  free(f->scratch);
  free(f->past);
}

typedef struct {
  char *memory, *base;
  int64_t bytes;
} buffer;

static buffer buffer_of(const call *c) {
  buffer b = {.bytes = c->frames * sample_bytes[c->format]};
  int64_t size = b.bytes + 2 * GUARD + c->skew;
  b.memory = aligned_alloc(64, (size_t)(size + 63) / 64 * 64);
  memset(b.memory, 0x5a, (size_t)size);
  b.base = b.memory + GUARD + c->skew;
  return b;
}

static bool guarded(const buffer *b, const call *c) {
  bool intact = true;
  for (int64_t i = 0; i < GUARD + c->skew; i++) intact &= b->memory[i] == 0x5a;
  for (int64_t i = 0; i < GUARD; i++) intact &= b->base[b->bytes + i] == 0x5a;
  return intact;
}

static void run_case(const subject *s, const call *c) {
  filter f = filter_of(s, c);
  buffer in = buffer_of(c), out = c->in_place ? in : buffer_of(c);
  for (int64_t t = 0; t < c->frames; t++) put(c->format, in.base, t, input[c->start + t]);
  c->kernels->fir(&f.fir, in.base, out.base, c->frames, f.past, f.scratch);
  double error = 0, power = 0;
  for (int64_t t = 0; t < c->frames; t++) {
    double y = s->output[c->start + t], d = get(c->format, out.base, t) / (c->load * c->store) - y;
    error += d * d / (double)c->frames;
    power += y * y / (double)c->frames;
  }
  error = sqrt(error / fmax(s->power, power));
  double limit = c->format == F32 && c->frames < 100 ? 0x1p-24 : tolerance(c->format);
  CHECK(error <= limit, "%s: error %.2e", text(s, c), error);
  CHECK(guarded(&out, c) && guarded(&in, c), "%s: wrote outside", text(s, c));
  int64_t wrong = 0;
  for (int64_t i = 0; i < s->taps - 1; i++) {
    int64_t at = c->start + c->frames - (s->taps - 1) + i;
    wrong += f.past[i] != (at < 0 ? 0 : c->load * input[at]);
  }
  CHECK(wrong == 0, "%s: %ld frames of the past are wrong", text(s, c), (long)wrong);
  if (!c->in_place) free(out.memory);
  free(in.memory);
  close_filter(&f);
}

static void shapes(const subject *s, call c) {
  static const int64_t lengths[] = {0, 1, 3, 15, 16, 17, 63, 64, 65, 257, 511, 770, 1023, 1025, 2048, 4099, 8003};
  for (int i = 0; i < (int)(sizeof lengths / sizeof *lengths); i++) {
    c.frames = lengths[i];
    c.start = 0;
    c.load = c.store = 1;
    c.in_place = false;
    c.skew = c.flags = 0;
    run_case(s, &c);
    c.start = MIDDLE;
    c.in_place = true;
    c.skew = i % 3 ? sample_bytes[c.format] * (i % 7) : i;
    c.flags = i % 4 ? MILLRACE_STREAM : 0;
    run_case(s, &c);
    c.in_place = false;
    c.load = 0.5;
    c.store = -4;
    run_case(s, &c);
  }
}

/* What is not finite reaches the taps after it and no other frame. */
static void poisons(const subject *s, call c) {
  static const int64_t places[] = {0, 700, 705, 2400, 3990};
  enum { N = 4000 };
  c.frames = N;
  c.start = c.skew = c.flags = 0;
  c.load = c.store = 1;
  for (int i = 0; i < 6; i++) {
    c.in_place = i % 2;
    filter f = filter_of(s, &c);
    buffer in = buffer_of(&c), out = c.in_place ? in : buffer_of(&c);
    for (int64_t t = 0; t < N; t++) put(c.format, in.base, t, input[t]);
    for (int k = 0; k < 5; k++) put(c.format, in.base, places[k], i < 2 ? NAN : i < 4 ? INFINITY : -INFINITY);
    c.kernels->fir(&f.fir, in.base, out.base, N, f.past, f.scratch);
    double error = 0;
    int64_t wrong = -1;
    for (int64_t t = 0; t < N; t++) {
      bool reached = false;
      for (int k = 0; k < 5; k++) reached |= t >= places[k] && t < places[k] + s->taps;
      double y = get(c.format, out.base, t);
      if (isfinite(y) == reached) wrong = t;
      if (!reached && isfinite(y)) error += (y - s->output[t]) * (y - s->output[t]) / N;
    }
    CHECK(wrong < 0, "%s: frame %ld is %g", text(s, &c), (long)wrong, get(c.format, out.base, wrong < 0 ? 0 : wrong));
    error = sqrt(error / s->power);
    CHECK(error <= tolerance(c.format), "%s: error %.2e beside what is not finite", text(s, &c), error);
    if (!c.in_place) free(out.memory);
    free(in.memory);
    close_filter(&f);
  }
}

/* A sum that only overflows inside a transform. */
static void large(const subject *s, call c) {
  enum { N = 2000 };
  double size = c.format == F32FAST ? 1e36 : 1e305, peak = 0;
  if (c.format == F32 || s->taps > 300) return;
  c.frames = N;
  c.start = c.skew = c.flags = 0;
  c.load = c.store = 1;
  filter f = filter_of(s, &c);
  buffer b = buffer_of(&c);
  for (int64_t t = 0; t < N; t++) put(c.format, b.base, t, size);
  c.kernels->fir(&f.fir, b.base, b.base, N, f.past, f.scratch);
  double sum = 0;
  for (int64_t t = 0; t < N; t++) {
    if (t < s->taps) sum += s->h[t];
    peak = fmax(peak, fabs(get(c.format, b.base, t) / size - sum));
  }
  CHECK(peak <= (c.format == F64 ? 1e-12 : 1e-4), "%s: samples of %g are off by %g", text(s, &c), size, peak);
  free(b.memory);
  close_filter(&f);
}

/* Term by term, where a call begins and ends changes no bit. */
static void splits(const subject *s, call c) {
  enum { N = 3000 };
  c.frames = N;
  c.start = c.skew = c.flags = c.longest = 0;
  c.load = c.store = 1;
  filter whole = filter_of(s, &c), parts = filter_of(s, &c);
  buffer in = buffer_of(&c), a = buffer_of(&c), b = buffer_of(&c);
  int64_t bytes = sample_bytes[c.format], count;
  for (int64_t t = 0; t < N; t++) put(c.format, in.base, t, input[t]);
  c.kernels->fir(&whole.fir, in.base, a.base, N, whole.past, whole.scratch);
  for (int64_t t = 0; t < N; t += count) {
    count = 1 + t * 7 % 531;
    if (count > N - t) count = N - t;
    c.kernels->fir(&parts.fir, in.base + t * bytes, b.base + t * bytes, count, parts.past, parts.scratch);
  }
  CHECK(memcmp(a.base, b.base, (size_t)(N * bytes)) == 0, "%s: other bits in pieces", text(s, &c));
  c.kernels->past(in.base + (N - s->taps + 1) * bytes, s->taps - 1, 1, parts.past);
  CHECK(memcmp(whole.past, parts.past, (size_t)(s->taps - 1) * sizeof(double)) == 0, "%s: another past", text(s, &c));
  free(in.memory);
  free(a.memory);
  free(b.memory);
  close_filter(&whole);
  close_filter(&parts);
}

/* Silence and numbers next to nothing give neither subnormal outputs nor another mode. */
static void tails(const subject *s, call c) {
  enum { N = 1500 };
  c.frames = N;
  c.start = c.skew = c.flags = 0;
  c.load = c.store = 1;
  filter f = filter_of(s, &c);
  buffer b = buffer_of(&c);
  double least = c.format == F64 ? 2.2250738585072014e-308 : 1.17549435e-38;
  for (int64_t t = 0; t < N; t++) put(c.format, b.base, t, t < 100 ? least * 1.5 : 0);
  c.kernels->fir(&f.fir, b.base, b.base, N, f.past, f.scratch);
  int64_t subnormal = 0;
  for (int64_t t = 0; t < N; t++) {
    double y = fabs(get(c.format, b.base, t));
    subnormal += y > 0 && y < least;
  }
  CHECK(subnormal == 0, "%s: %ld subnormal outputs", text(s, &c), (long)subnormal);
  volatile double tiny = 4e-310, half = 0.5;
  CHECK(tiny * half > 0, "%s: the caller's floating-point mode is lost", text(s, &c));
  free(b.memory);
  close_filter(&f);
}

void fir_tests(void) {
  static const int64_t taps[] = {1, 2, 7, 15, 16, 17, 31, 47, 63, 64, 65, 130, 255, 1023};
  static const int64_t longest[] = {0, 512, 1024, 2048, 8192};
  uint32_t seed = 3;
  input = malloc(TOTAL * sizeof *input);
  for (int64_t t = 0; t < TOTAL; t++) input[t] = noise(&seed);
  for (int i = 0; i < (int)(sizeof taps / sizeof *taps); i++) {
    subject s = prepare(taps[i]);
    for (int k = 0; k < variant_count; k++) {
      for (enum format f = F64; runs(&variants[k]) && f < FORMATS; f++) {
        for (int l = 0; l < 5; l++) {
          call c = {.format = f, .kernels = &variants[k].of[f].fir, .variant = variants[k].name, .longest = longest[l]};
          if (longest[l] > 0 && longest[l] < s.taps + 15) continue;
          shapes(&s, c);
          poisons(&s, c);
          large(&s, c);
          tails(&s, c);
          if (l == 0) splits(&s, c);
        }
      }
    }
    dispose(&s);
  }
  free(input);
}
