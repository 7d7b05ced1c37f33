/*
 * Resamplers against the defining sum in extended precision, over rates of every kind: few phases and many, more output
 * than input and far less, tables longer than a chunk, and more than a block of periods.
 *
 * A whole signal serves each rate; it goes through in calls of any length, and its end in calls of silence. Taps are
 * noise, so that no two agree by accident; once more it falls away from the centre, as a filter's taps do.
 */
#include <math.h>
#include <stdlib.h>

#include "check.h"

enum { GUARD = 64 };

typedef struct {
  int64_t up, down, width, frames;
} rate;

static const rate rates[] = {
    {147, 160, 184, 5000}, {160, 147, 8, 3000}, {1, 1, 8, 100},     {2, 1, 56, 900},    {1, 2, 112, 900},
    {3, 1, 5, 700},        {1, 3, 168, 5000},   {5, 3, 40, 3000},   {7, 11, 90, 3000},  {3, 1000, 9000, 20000},
    {1, 400, 16000, 9000}, {441, 80, 36, 1500}, {1, 9, 263, 70000}, {33, 32, 20, 4000}, {4, 3, 1, 500},
    {1, 2000, 270000, 9000}, {65521, 65536, 12, 3000},
};

typedef struct {
  const variant *v;
  enum format format;
  const rate *r;
  const double *phases, *input, *expected;
  int64_t outputs, skew, longest; /* longest: of a call, in frames */
  double load, store;
} call;

static const char *text(const call *c) {
  static char buffer[200];
  snprintf(buffer, sizeof buffer, "%s %s %ld / %ld, %ld taps, calls of at most %ld, skew %ld", c->v->name,
           format_names[c->format], (long)c->r->up, (long)c->r->down, (long)c->r->width, (long)c->longest,
           (long)c->skew);
  return buffer;
}

static int64_t outputs_of(const rate *r) { return (r->frames * r->up + r->down - 1) / r->down; }

/* Output k weighs frames from k down / up - before on; silence lies outside of the signal. */
static int64_t before_of(const rate *r) { return (r->width - 1) / 2; }

static void reference(const rate *r, const double *phases, const double *x, double *y) {
  for (int64_t k = 0; k < outputs_of(r); k++) {
    int64_t from = k * r->down / r->up - before_of(r);
    const double *taps = phases + k * r->down % r->up * r->width;
    long double sum = 0;
    for (int64_t i = 0; i < r->width; i++) {
      if (from + i >= 0 && from + i < r->frames) sum += (long double)taps[i] * x[from + i];
    }
    y[k] = (double)sum;
  }
}

/* A fresh block of `size` bytes between guards of 0x5a, `skew` bytes off alignment. */
static char *guarded(int64_t size, int64_t skew) {
  char *memory = malloc((size_t)(size + 2 * GUARD + skew));
  memset(memory, 0x5a, (size_t)(size + 2 * GUARD + skew));
  return memory;
}

static bool intact(const char *memory, int64_t size, int64_t skew) {
  bool same = true;
  for (int64_t i = 0; i < GUARD + skew; i++) same &= memory[i] == 0x5a;
  for (int64_t i = 0; i < GUARD; i++) same &= memory[GUARD + skew + size + i] == 0x5a;
  return same;
}

/* One call; writes what it yields to y and returns how many. in NULL: silence, and the past must stay. */
static int64_t once(const call *c, const millrace_resampler *plan, const double *in, int64_t frames,
                    millrace_outputs wanted, double *y) {
  const resample_kernels *kernel = &c->v->of[c->format].resample;
  int64_t bytes = sample_bytes[c->format], room = wanted.most * bytes;
  char *from = guarded(frames * bytes, c->skew), *to = guarded(room, c->skew);
  void *scratch = malloc((size_t)kernel->scratch_bytes(plan));
  memset(scratch, 0xff, (size_t)kernel->scratch_bytes(plan)); /* NaN */
  for (int64_t i = 0; in && i < frames; i++) put(c->format, from + GUARD + c->skew, i, in[i] / c->load);
  int64_t made = kernel->run(plan, in ? from + GUARD + c->skew : NULL, frames, to + GUARD + c->skew, &wanted, scratch);
  CHECK(made <= wanted.most, "%s: %ld outputs, at most %ld", text(c), (long)made, (long)wanted.most);
  CHECK(intact(to, made * bytes, c->skew), "%s: wrote outside of its output", text(c));
  for (int64_t i = 0; i < made; i++) y[i] = get(c->format, to + GUARD + c->skew, i) / c->store;
  free(from);
  free(to);
  free(scratch);
  return made;
}

/* The whole signal and its end, in calls of random length. */
static void stream(const call *c, const millrace_resampler *plan, double *y, double *past) {
  const rate *r = c->r;
  uint32_t seed = (uint32_t)c->longest;
  millrace_outputs wanted = {.ahead = r->width - 1 - before_of(r), .past = past};
  memset(past, 0, (size_t)r->width * sizeof *past);
  for (int64_t at = 0, count; at < r->frames; at += count) {
    count = (int64_t)((noise(&seed) + 1) / 2 * (double)(c->longest + 1));
    if (count > r->frames - at || c->longest >= r->frames) count = r->frames - at;
    wanted.most = (count * r->up + r->down - 1) / r->down + 1;
    int64_t made = once(c, plan, c->input + at, count, wanted, y + wanted.index);
    int64_t moved = (wanted.index + made) * r->down / r->up - wanted.index * r->down / r->up;
    wanted.index += made;
    wanted.ahead += moved - count;
  }
  while (wanted.index < c->outputs) {
    wanted.most = c->outputs - wanted.index < 100 ? c->outputs - wanted.index : 100;
    int64_t made = once(c, plan, NULL, r->width, wanted, y + wanted.index);
    CHECK(made == wanted.most, "%s: silence yields %ld outputs, expected %ld", text(c), (long)made, (long)wanted.most);
    if (made == 0) break;
    wanted.ahead += (wanted.index + made) * r->down / r->up - wanted.index * r->down / r->up;
    wanted.index += made;
  }
}

static double relative_rms(const double *got, const double *expected, int64_t n) {
  double error = 0, power = 0;
  for (int64_t i = 0; i < n; i++) {
    error += (got[i] - expected[i]) * (got[i] - expected[i]);
    power += expected[i] * expected[i];
  }
  return sqrt(error / power);
}

static millrace_resampler plan_of(const call *c, void **table) {
  const resample_kernels *kernel = &c->v->of[c->format].resample;
  millrace_resampler plan = {c->r->up, c->r->down, c->r->width, c->load, c->store, NULL};
  *table = malloc((size_t)kernel->table_bytes(&plan));
  kernel->table(&plan, c->phases, *table);
  plan.table = *table;
  return plan;
}

static const double limits[] = {1e-13, 5e-8, 5e-7};

static void run_case(call c) {
  void *table;
  millrace_resampler plan = plan_of(&c, &table);
  size_t room = (size_t)(c.outputs + 1) * sizeof(double);
  double *whole = malloc(room), *cut = malloc(room), *past = malloc((size_t)c.r->width * sizeof *past);
  int64_t longest = c.longest;
  c.longest = c.r->frames;
  stream(&c, &plan, whole, past);
  double error = relative_rms(whole, c.expected, c.outputs);
  /* the rms of a few roundings is less sharp than that of many */
  double limit = c.outputs < 100 && c.format == F32 ? 6e-8 : limits[c.format];
  CHECK(error <= limit, "%s: error %.2e, at most %.2e", text(&c), error, limit);
  int64_t off = 0;
  for (int64_t k = 0; k < c.outputs; k++) off += (float)whole[k] != (float)c.expected[k];
  CHECK(c.format != F32 || off <= c.outputs / 5 + 1, "%s: %ld outputs of %ld are not the nearest float", text(&c),
        (long)off, (long)c.outputs);
  c.longest = longest;
  stream(&c, &plan, cut, past);
  CHECK(memcmp(whole, cut, room - sizeof(double)) == 0, "%s: another split, other bits", text(&c));
  for (int64_t i = 0; i < c.r->width - 1; i++) {
    int64_t frame = c.r->frames - (c.r->width - 1) + i;
    double kept = frame < 0 ? 0 : c.input[frame];
    CHECK(fabs(past[i] - kept) <= 1e-7, "%s: frame %ld of the past is %g, expected %g", text(&c), (long)i, past[i], kept);
  }
  free(whole);
  free(cut);
  free(past);
  free(table);
}

/* An infinity and a NaN: the outputs that reach them are what the terms make of them, all others the same bits. */
static void spoilt_case(call c) {
  const rate *r = c.r;
  void *table;
  millrace_resampler plan = plan_of(&c, &table);
  size_t room = (size_t)(c.outputs + 1) * sizeof(double);
  double *clean = malloc(room), *got = malloc(room), *past = malloc((size_t)r->width * sizeof *past);
  double *spoilt = malloc((size_t)r->frames * sizeof *spoilt);
  memcpy(spoilt, c.input, (size_t)r->frames * sizeof *spoilt);
  int64_t places[] = {r->frames / 5, r->frames / 2 + 3};
  spoilt[places[0]] = INFINITY;
  spoilt[places[1]] = NAN;
  stream(&c, &plan, clean, past);
  c.input = spoilt;
  stream(&c, &plan, got, past);
  for (int64_t k = 0; k < c.outputs; k++) {
    int64_t from = k * r->down / r->up - before_of(r);
    bool infinite = from <= places[0] && from + r->width > places[0];
    bool nan = from <= places[1] && from + r->width > places[1];
    double tap = infinite ? c.phases[k * r->down % r->up * r->width + places[0] - from] : 1;
    bool right = nan || tap == 0 ? isnan(got[k]) : infinite ? got[k] == tap * INFINITY : got[k] == clean[k];
    CHECK(right, "%s: output %ld is %g, without NaN and infinity %g", text(&c), (long)k, got[k], clean[k]);
  }
  free(clean);
  free(got);
  free(past);
  free(spoilt);
  free(table);
}

/* Noise, where it falls under 1 / (1 + d^2 / 4) at a distance of d periods of the lower rate from the centre. */
static double tap_of(const rate *r, int64_t i, bool falls, uint32_t *seed) {
  double distance = fabs((double)(i % r->width) - (double)(r->width - 1) / 2) * r->up / fmax(r->up, r->down);
  return noise(seed) / (falls ? 1 + distance * distance / 4 : 1);
}

static void test_rate(const rate *r, bool falls) {
  uint32_t seed = 99;
  int64_t outputs = outputs_of(r);
  double *phases = malloc((size_t)(r->up * r->width) * sizeof *phases);
  double *input = malloc((size_t)r->frames * sizeof *input);
  double *expected = malloc((size_t)outputs * sizeof *expected);
  for (int64_t i = 0; i < r->up * r->width; i++) phases[i] = tap_of(r, i, falls, &seed);
  for (int64_t i = 0; i < r->frames; i++) input[i] = noise(&seed);
  reference(r, phases, input, expected);
  for (int v = 0; v < variant_count; v++) {
    if (!runs(&variants[v])) continue;
    for (int f = 0; f < FORMATS; f++) {
      call c = {.v = &variants[v], .format = f, .r = r, .phases = phases, .input = input, .expected = expected,
                .outputs = outputs, .load = 1, .store = 1};
      for (int i = 0; i < 3; i++) {
        c.longest = r->frames / (i == 0 ? 3 : i == 1 ? 17 : 60) + 1;
        c.skew = i == 0 ? 0 : i == 1 ? 4 : 3;
        c.load = i == 2 ? 0.5 : 1;
        c.store = i == 2 ? -4 : 1;
        run_case(c);
      }
      c.load = c.store = 1;
      if (r->width < 1000) spoilt_case(c);
    }
  }
  free(phases);
  free(input);
  free(expected);
}

void resample_tests(void) {
  for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
#ifdef BRIEF
    if (rates[i].width > 20000) continue;
#endif
    test_rate(&rates[i], false);
    test_rate(&rates[i], true);
  }
}
