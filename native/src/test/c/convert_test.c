/*
 * Frames in every encoding against their definition, number by number: byte for byte, with peaks and counts, for one
 * channel and many, of any length and alignment. The definition is in extended precision, where a sample is a whole
 * number of steps, and in bytes.
 */
#include <math.h>
#include <stdlib.h>

#include "check.h"

enum { GUARD = 64, STRIDE_EXTRA = 40 };
#ifdef BRIEF
enum { MOST_SAMPLES = 3000 };
#else
enum { MOST_SAMPLES = 40000 };
#endif

typedef struct {
  const variant *v;
  int64_t encoding, flags, channels, frames, skew;
} call;

static const char *text(const call *c) {
  static char buffer[200];
  snprintf(buffer, sizeof buffer, "%s encoding %ld, flags %ld, %ld channels of %ld frames, skew %ld", c->v->name,
           (long)c->encoding, (long)c->flags, (long)c->channels, (long)c->frames, (long)c->skew);
  return buffer;
}

static int64_t bytes_of(const call *c) { return c->encoding / 4; }
static bool floating(const call *c) { return c->encoding % 4 == 2; }
static bool unsigned_(const call *c) { return c->encoding % 4 == 1; }
static bool wide(const call *c) { return c->flags & MILLRACE_WIDE; }
static int64_t width_of(const call *c) { return wide(c) ? 8 : 4; }

/* The bytes of a sample as a number, least significant first unless swapped, and back to 8 bytes. */
static uint64_t bits_at(const call *c, const uint8_t *p) {
  uint64_t bits = 0;
  int64_t n = bytes_of(c);
  for (int64_t i = 0; i < n; i++) bits |= (uint64_t)p[c->flags & MILLRACE_SWAPPED ? n - 1 - i : i] << 8 * i;
  return bits;
}

static void put_bits(const call *c, uint8_t *p, uint64_t bits) {
  int64_t n = bytes_of(c);
  for (int64_t i = 0; i < 8; i++) {
    int64_t from = c->flags & MILLRACE_SWAPPED ? n - 1 - i : i;
    p[i] = from >= 0 && from < n ? (uint8_t)(bits >> 8 * from) : 0;
  }
}

static double of_float_bits(const call *c, uint64_t bits) {
  double x;
  float narrow;
  uint32_t low = (uint32_t)bits;
  memcpy(&x, &bits, 8);
  memcpy(&narrow, &low, 4);
  return bytes_of(c) == 8 ? x : (double)narrow;
}

/* What a stored sample stands for. */
static double decoded(const call *c, uint64_t bits) {
  if (floating(c)) return of_float_bits(c, bits);
  int64_t size = 8 * bytes_of(c);
  uint64_t top = (uint64_t)1 << (size - 1);
  bool counts = c->flags & MILLRACE_COUNTS;
  if (unsigned_(c) && counts) return (double)bits;
  uint64_t two = unsigned_(c) ? bits ^ top : bits;
  int64_t value = (int64_t)(two << (64 - size)) >> (64 - size);
  return ldexp((double)value, counts ? 0 : (int)(1 - size));
}

static double noise_of(uint64_t position) {
  uint64_t z = 0x4D696C6C72616365u + (position + 1) * 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  z ^= z >> 31;
  return (double)((int64_t)(z & 0xFFFFFFFFu) - (int64_t)(z >> 32));
}

/* How a sample is stored; counts what does not fit. */
static uint64_t encoded(const call *c, double x, uint64_t position, millrace_frames *counted) {
  uint64_t bits;
  if (floating(c)) {
    float narrow = (float)x;
    uint32_t low;
    memcpy(&bits, &x, 8);
    memcpy(&low, &narrow, 4);
    return bytes_of(c) == 8 ? bits : low;
  }
  int size = (int)(8 * bytes_of(c));
  bool counts = c->flags & MILLRACE_COUNTS, from_zero = unsigned_(c) && counts;
  int scale = counts ? 0 : size - 1;
  if (c->flags & MILLRACE_DITHER) x += noise_of(position) * ldexp(1, -scale - 32);
  long double low = from_zero ? 0 : -ldexpl(1, size - 1), high = ldexpl(1, from_zero ? size : size - 1) - 1;
  long double rounded = (long double)rint(ldexp(x, scale));
  if (isnan(x)) counted->undefined++, rounded = 0;
  if (rounded < low || rounded > (long double)(double)high) counted->clipped++;
  rounded = fminl(fmaxl(rounded, low), high);
  if (unsigned_(c) && !counts) rounded += ldexpl(1, size - 1);
  return rounded < 0 ? (uint64_t)(int64_t)rounded : (uint64_t)rounded;
}

/* Samples of every kind: noise, halves of steps, the ends of the range and beyond, and no numbers. */
static double sample_of(const call *c, int64_t i, uint32_t *seed) {
  static const double odd[] = {1, -1, 1.5, -2, 1e30, -1e30, INFINITY, -INFINITY, NAN, 0, -0.0, 1e-40, 5e-324};
  double x = noise(seed);
  int scale = floating(c) ? 0 : (int)(8 * bytes_of(c) - 1);
  if (i % 5 == 4) x = ldexp(2 * floor(x * 16) + 1, -1 - scale);
  if (i % 11 == 7 && c->frames > 20) x = odd[i % 13];
  return c->flags & MILLRACE_COUNTS && fabs(x) <= 2 ? ldexp(x, scale) : x;
}

static void raise(const call *c, millrace_frames *peaks, double x) {
  float narrow = (float)fabs(x);
  double magnitude = fabs(x);
  int32_t bits32;
  int64_t bits64;
  memcpy(&bits32, &narrow, 4);
  memcpy(&bits64, &magnitude, 8);
  if (wide(c) && bits64 > peaks->peak64) peaks->peak64 = bits64;
  if (!wide(c) && bits32 > peaks->peak32) peaks->peak32 = bits32;
}

static bool same(const millrace_frames *a, const millrace_frames *b) {
  return a->position == b->position && a->peak32 == b->peak32 && a->peak64 == b->peak64 && a->clipped == b->clipped &&
         a->undefined == b->undefined;
}

static double plane_sample(const call *c, const char *planes, int64_t channel, int64_t frame) {
  int64_t stride = c->frames * width_of(c) + STRIDE_EXTRA;
  return get(wide(c) ? F64 : F32, planes + channel * stride, frame);
}

static void run_case(const call *c) {
  int64_t samples = c->channels * c->frames, stride = c->frames * width_of(c) + STRIDE_EXTRA;
  int64_t plane_bytes = c->channels * stride, stored_bytes = samples * bytes_of(c);
  char *planes = malloc((size_t)(plane_bytes + GUARD)), *back = malloc((size_t)(plane_bytes + GUARD));
  uint8_t *memory = malloc((size_t)(stored_bytes + 2 * GUARD + c->skew)), *stored = memory + GUARD + c->skew;
  millrace_frames plan = {.encoding = c->encoding, .flags = c->flags, .position = 1000003}, expected = plan;
  uint32_t seed = 5;
  memset(memory, 0x5a, (size_t)(stored_bytes + 2 * GUARD + c->skew));
  for (int64_t ch = 0; ch < c->channels; ch++) {
    for (int64_t t = 0; t < c->frames; t++) {
      put(wide(c) ? F64 : F32, planes + ch * stride, t, sample_of(c, ch + t * c->channels, &seed));
    }
  }
  c->v->encode(&plan, planes, 0, stride, memory, stored - memory, 0, c->channels, c->frames, NULL, NULL);
  int64_t wrong = 0;
  for (int64_t i = 0; i < samples; i++) {
    double x = plane_sample(c, planes, i % c->channels, i / c->channels);
    uint8_t one[8];
    raise(c, &expected, x);
    put_bits(c, one, encoded(c, x, (uint64_t)(1000003 + i), &expected));
    wrong += memcmp(one, stored + i * bytes_of(c), (size_t)bytes_of(c)) && !(floating(c) && isnan(x));
  }
  expected.position += samples;
  CHECK(wrong == 0, "%s: %ld samples are stored otherwise", text(c), (long)wrong);
  CHECK(same(&plan, &expected), "%s: clipped %ld, expected %ld, or another peak, position or count", text(c),
        (long)plan.clipped, (long)expected.clipped);
  bool intact = true;
  for (int64_t i = 0; i < GUARD + c->skew; i++) intact &= memory[i] == 0x5a;
  for (int64_t i = 0; i < GUARD; i++) intact &= stored[stored_bytes + i] == 0x5a;
  CHECK(intact, "%s: wrote outside", text(c));

  millrace_frames again = {.encoding = c->encoding, .flags = c->flags}, seen = again;
  c->v->decode(&again, memory, stored - memory, 0, back, 0, stride, c->channels, c->frames, NULL, NULL);
  for (int64_t i = wrong = 0; i < samples; i++) {
    double x = decoded(c, bits_at(c, stored + i * bytes_of(c)));
    double got = plane_sample(c, back, i % c->channels, i / c->channels), want = wide(c) ? x : (double)(float)x;
    wrong += memcmp(&got, &want, 8) && !(isnan(got) && isnan(want));
    if (floating(c)) raise(c, &seen, want);
  }
  CHECK(wrong == 0, "%s: %ld samples are read otherwise", text(c), (long)wrong);
  CHECK(same(&again, &seen), "%s: another peak of what is read", text(c));
  free(planes);
  free(back);
  free(memory);
}

static void test_encoding(const variant *v, int64_t encoding) {
  static const int64_t channels[] = {1, 2, 3, 9, 64, 2100};
  static const int64_t frames[] = {0, 1, 2, 15, 33, 1025, 4099};
  for (int i = 0; i < 6; i++) {
    for (int k = 0; k < 7; k++) {
      call c = {.v = v, .encoding = encoding, .channels = channels[i], .frames = frames[k], .skew = (i + k) % 5};
      if (c.channels * c.frames > MOST_SAMPLES) continue;
      for (c.flags = 0; c.flags < 16; c.flags++) {
        bool idle = encoding % 4 == 2 && c.flags & (MILLRACE_COUNTS | MILLRACE_DITHER);
        if (!idle) run_case(&c);
      }
    }
  }
}

void convert_tests(void) {
  static const int64_t encodings[] = {4, 5, 8, 9, 12, 16, 17, 18, 32, 33, 34};
  for (int v = 0; v < variant_count; v++) {
    for (int e = 0; runs(&variants[v]) && e < 11; e++) test_encoding(&variants[v], encodings[e]);
  }
}
