/*
 * Frames as files store them, to planes of samples and back: for one instruction set, as variant.c is.
 *
 * No bit differs from the Java form: compiled without contraction of multiplications and additions, and subnormal
 * numbers are kept. Work goes through tiles that stay in the first-level cache: what is stored becomes interleaved
 * samples, these planes, or the other way.
 */
#include <string.h>

#include "bytes.h"
#include "millrace.h"

#define PASTE3(a, b, c) a##_##b##_##c
#define EXPAND3(a, b, c) PASTE3(a, b, c)
#define PUBLIC(name) EXPAND3(millrace, name, VARIANT)

#define TILE 2048
/* An encoding is a number of bytes and a kind. */
#define CODE(bytes, kind) ((bytes) * 4 + (kind))

typedef union {
  float narrow[TILE];
  double wide[TILE];
} tile;

/* The samples of a tile as stored, in this machine's byte order. */
typedef struct {
  uint8_t bytes[TILE * 8 + 64];
} raw;

/* What a sample of 1 is in steps, and what the stored integer is more than the number it stands for. */
static double steps(const millrace_frames *plan) {
  int64_t bits = plan->encoding / 4 * 8 - 1;
  return plan->flags & MILLRACE_COUNTS ? 1 : __builtin_ldexp(1, (int)bits);
}

/* Doubles of any encoding. */
static void widen_stored(const millrace_frames *plan, const uint8_t *from, double *to, int64_t count) {
  int counts = (plan->flags & MILLRACE_COUNTS) != 0;
  double factor = 1 / steps(plan);
#define EACH(expression) \
  for (int64_t i = 0; i < count; i++) to[i] = (expression)
  switch (plan->encoding) {
    case CODE(1, 0): EACH(((const i8 *)from)[i] * factor); break;
    case CODE(1, 1): {
      int32_t zero = counts ? 0 : 0x80;
      EACH(((int32_t)from[i] - zero) * factor);
      break;
    }
    case CODE(2, 0): EACH(((const i16 *)from)[i] * factor); break;
    case CODE(2, 1): {
      int32_t zero = counts ? 0 : 0x8000;
      EACH(((int32_t)((const u16 *)from)[i] - zero) * factor);
      break;
    }
    case CODE(3, 0): {
      int32_t values[TILE];
      unpack24s(from, values, count);
      EACH(values[i] * factor);
      break;
    }
    case CODE(4, 0): EACH(((const i32 *)from)[i] * factor); break;
    case CODE(4, 1):
      if (counts) {
        EACH((double)((const u32 *)from)[i]);
      } else {
        EACH((int32_t)(((const u32 *)from)[i] ^ 0x80000000u) * factor);
      }
      break;
    case CODE(8, 0): EACH((double)((const i64 *)from)[i] * factor); break;
    case CODE(8, 1):
      if (counts) {
        EACH((double)((const u64 *)from)[i]);
      } else {
        EACH((double)(int64_t)(((const u64 *)from)[i] ^ 0x8000000000000000u) * factor);
      }
      break;
    case CODE(4, 2): EACH(((const f32 *)from)[i]); break;
    default: memcpy(to, from, (size_t)count * 8);
  }
}

/* Floats of any encoding: what floats hold exactly goes straight, all else through doubles, as in Java. */
static void narrow_stored(const millrace_frames *plan, const uint8_t *from, float *to, int64_t count) {
  int counts = (plan->flags & MILLRACE_COUNTS) != 0;
  float factor = (float)(1 / steps(plan));
  switch (plan->encoding) {
    case CODE(1, 0): EACH((float)((const i8 *)from)[i] * factor); break;
    case CODE(1, 1): {
      int32_t zero = counts ? 0 : 0x80;
      EACH((float)((int32_t)from[i] - zero) * factor);
      break;
    }
    case CODE(2, 0): EACH((float)((const i16 *)from)[i] * factor); break;
    case CODE(2, 1): {
      int32_t zero = counts ? 0 : 0x8000;
      EACH((float)((int32_t)((const u16 *)from)[i] - zero) * factor);
      break;
    }
    case CODE(3, 0): {
      int32_t values[TILE];
      unpack24s(from, values, count);
      EACH((float)values[i] * factor);
      break;
    }
    case CODE(4, 2): memcpy(to, from, (size_t)count * 4); break;
    default: {
      double values[TILE];
      widen_stored(plan, from, values, count);
      EACH((float)values[i]);
    }
  }
}

/* Doubles so large or more in magnitude are not all the integers that saturating casts make of them. */
static inline int64_t saturated(double value) {
  return value >= 0x1p63 ? INT64_MAX : (int64_t)value;
}

/* What an integer encoding can hold, in steps. */
typedef struct {
  double factor, low, high, zero;
} range;

static range range_of(const millrace_frames *plan) {
  double half = __builtin_ldexp(1, (int)(plan->encoding / 4 * 8 - 1));
  int whole = plan->encoding % 4 == 0, full = (plan->flags & MILLRACE_COUNTS) == 0;
  if (whole || full) return (range){full ? half : 1, -half, half - 1, whole ? 0 : half};
  return (range){1, 0, 2 * half - 1, 0};
}

static int fits(const double *samples, int64_t count, double middle, double limit) {
  int all = 1;
  for (int64_t i = 0; i < count; i++) all &= __builtin_fabs(samples[i] - middle) <= limit;
  return all;
}

static void clip(millrace_frames *plan, double *samples, int64_t count, const range *r) {
  for (int64_t i = 0; i < count; i++) {
    double rounded = __builtin_rint(samples[i] * r->factor);
    if (rounded != rounded) {
      plan->undefined++;
      samples[i] = 0;
    } else if (rounded < r->low || rounded > r->high) {
      plan->clipped++;
      samples[i] = (rounded < r->low ? r->low : r->high) / r->factor;
    }
  }
}

#define GAMMA 0x9E3779B97F4A7C15u
#define SEED 0x4D696C6C72616365u

/* Triangular noise of two steps: sample i of a stream always gets the same. */
static void dither(double *samples, int64_t count, uint64_t position, double scale) {
  uint64_t start = SEED + (position + 1) * GAMMA;
  for (int64_t i = 0; i < count; i++) {
    uint64_t z = start + (uint64_t)i * GAMMA;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    z ^= z >> 31;
    samples[i] += (double)((int64_t)(z & 0xFFFFFFFFu) - (int64_t)(z >> 32)) * scale;
  }
}

/* Stores doubles in any encoding; changes them. */
static void store_wide(millrace_frames *plan, double *from, int64_t position, uint8_t *to, int64_t count) {
  range r = range_of(plan);
  double factor = r.factor;
  int64_t bytes = plan->encoding / 4;
  if (plan->encoding % 4 != 2) {
    double middle = r.low == 0 ? r.high / 2 : 0;
    double limit = r.low == 0 ? r.high / 2 : r.high / factor;
    if (plan->flags & MILLRACE_DITHER) dither(from, count, (uint64_t)position, 1 / factor * 0x1p-32);
    if (!fits(from, count, middle, limit)) clip(plan, from, count, &r);
  }
#define STORE(type, expression) \
  for (int64_t i = 0; i < count; i++) ((type *)to)[i] = (type)(expression)
  switch (plan->encoding) {
    case CODE(1, 0):
    case CODE(1, 1): STORE(i8, (int32_t)__builtin_rint(from[i] * factor) + (int32_t)r.zero); break;
    case CODE(2, 0):
    case CODE(2, 1): STORE(i16, (int32_t)__builtin_rint(from[i] * factor) + (int32_t)r.zero); break;
    case CODE(3, 0): {
      int32_t values[TILE];
      for (int64_t i = 0; i < count; i++) values[i] = (int32_t)__builtin_rint(from[i] * factor);
      pack24s(values, to, count);
      break;
    }
    case CODE(4, 0): STORE(i32, (int32_t)__builtin_rint(from[i] * factor)); break;
    case CODE(4, 1): STORE(i32, (int64_t)__builtin_rint(from[i] * factor) + (int64_t)r.zero); break;
    case CODE(8, 0): STORE(i64, saturated(__builtin_rint(from[i] * factor))); break;
    case CODE(8, 1):
      if (r.zero != 0) {
        STORE(i64, saturated(__builtin_rint(from[i] * factor)) ^ INT64_MIN);
      } else {
        for (int64_t i = 0; i < count; i++) {
          double value = __builtin_rint(from[i]);
          ((i64 *)to)[i] = value < 0x1p63 ? (int64_t)value : saturated(value - 0x1p63) ^ INT64_MIN;
        }
      }
      break;
    case CODE(4, 2): STORE(f32, from[i]); break;
    default: memcpy(to, from, (size_t)(count * bytes));
  }
}

/* Stores floats; those that surely fit integers of up to 24 bits are rounded as floats, which is exact. */
static void store_narrow(millrace_frames *plan, const float *from, int32_t peak, int64_t position, uint8_t *to,
                         int64_t count) {
  if (plan->encoding == CODE(4, 2)) {
    memcpy(to, from, (size_t)count * 4);
    return;
  }
  range r = range_of(plan);
  float largest, factor = (float)r.factor;
  memcpy(&largest, &peak, 4);
  int simple = r.low != 0 && plan->encoding < CODE(4, 0) && !(plan->flags & MILLRACE_DITHER);
  if (simple && peak < 0x7F800000 && largest <= r.high / r.factor) {
    int32_t zero = (int32_t)r.zero;
    switch (plan->encoding / 4) {
      case 1: STORE(i8, (int32_t)__builtin_rintf(from[i] * factor) + zero); break;
      case 2: STORE(i16, (int32_t)__builtin_rintf(from[i] * factor) + zero); break;
      default: {
        int32_t values[TILE];
        for (int64_t i = 0; i < count; i++) values[i] = (int32_t)__builtin_rintf(from[i] * factor);
        pack24s(values, to, count);
      }
    }
    return;
  }
  double values[TILE];
  for (int64_t i = 0; i < count; i++) values[i] = from[i];
  store_wide(plan, values, position, to, count);
}

/* The largest magnitude, by its bits: those of NaN are the largest. */
static int32_t peak32(const void *samples, int64_t count) {
  int32_t largest = 0;
  for (int64_t i = 0; i < count; i++) {
    int32_t bits = ((const i32 *)samples)[i] & INT32_MAX;
    largest = bits > largest ? bits : largest;
  }
  return largest;
}

static int64_t peak64(const void *samples, int64_t count) {
  int64_t largest = 0;
  for (int64_t i = 0; i < count; i++) {
    int64_t bits = ((const i64 *)samples)[i] & INT64_MAX;
    largest = bits > largest ? bits : largest;
  }
  return largest;
}

static void meter(millrace_frames *plan, const void *samples, int64_t count) {
  if (plan->flags & MILLRACE_WIDE) {
    int64_t peak = peak64(samples, count);
    if (peak > plan->peak64) plan->peak64 = peak;
  } else {
    int32_t peak = peak32(samples, count);
    if (peak > plan->peak32) plan->peak32 = peak;
  }
}

/* Interleaved samples to `group` planes and back, `count` of each. */
#define PLANES(name, type, any)                                                                                       \
  static void spread_##name(const type *from, char *to, int64_t stride, int64_t group, int64_t count) {               \
    if (group == 2) {                                                                                                 \
      any *left = (any *)to, *right = (any *)(to + stride);                                                           \
      for (int64_t i = 0; i < count; i++) left[i] = from[2 * i], right[i] = from[2 * i + 1];                          \
      return;                                                                                                         \
    }                                                                                                                 \
    for (int64_t c = 0; c < group; c++) {                                                                             \
      any *plane = (any *)(to + c * stride);                                                                          \
      for (int64_t i = 0; i < count; i++) plane[i] = from[i * group + c];                                             \
    }                                                                                                                 \
  }                                                                                                                   \
  static void gather_##name(const char *from, int64_t stride, type *to, int64_t group, int64_t count) {               \
    if (group == 2) {                                                                                                 \
      const any *left = (const any *)from, *right = (const any *)(from + stride);                                     \
      for (int64_t i = 0; i < count; i++) to[2 * i] = left[i], to[2 * i + 1] = right[i];                              \
      return;                                                                                                         \
    }                                                                                                                 \
    for (int64_t c = 0; c < group; c++) {                                                                             \
      const any *plane = (const any *)(from + c * stride);                                                            \
      for (int64_t i = 0; i < count; i++) to[i * group + c] = plane[i];                                               \
    }                                                                                                                 \
  }
PLANES(f32, float, f32)
PLANES(f64, double, f64)

/* Decodes `group` samples of each of `count` frames that follow each other, to as many planes. */
static void decode_tile(millrace_frames *plan, const uint8_t *from, char *to, int64_t stride, int64_t group,
                        int64_t count) {
  int64_t bytes = plan->encoding / 4, samples = group * count;
  int wide = (plan->flags & MILLRACE_WIDE) != 0;
  raw turned;
  tile frames;
  if (plan->flags & MILLRACE_SWAPPED) {
    swap(from, bytes, turned.bytes, samples);
    from = turned.bytes;
  }
  if (wide) {
    widen_stored(plan, from, frames.wide, samples);
    spread_f64(frames.wide, to, stride, group, count);
  } else {
    narrow_stored(plan, from, frames.narrow, samples);
    spread_f32(frames.narrow, to, stride, group, count);
  }
  if (plan->encoding % 4 == 2) meter(plan, &frames, samples);
}

static void encode_tile(millrace_frames *plan, const char *from, int64_t stride, int64_t position, uint8_t *to,
                        int64_t group, int64_t count) {
  int64_t bytes = plan->encoding / 4, samples = group * count;
  int swapped = (plan->flags & MILLRACE_SWAPPED) != 0;
  raw turned;
  tile frames;
  uint8_t *target = swapped ? turned.bytes : to;
  if (plan->flags & MILLRACE_WIDE) {
    gather_f64(from, stride, frames.wide, group, count);
    meter(plan, &frames, samples);
    store_wide(plan, frames.wide, position, target, samples);
  } else {
    gather_f32(from, stride, frames.narrow, group, count);
    int32_t peak = peak32(&frames, samples);
    if (peak > plan->peak32) plan->peak32 = peak;
    store_narrow(plan, frames.narrow, peak, position, target, samples);
  }
  if (swapped) swap(turned.bytes, bytes, to, samples);
}

void PUBLIC(decode_at)(MILLRACE_ARGUMENTS(millrace_frames *plan)) {
  (void)in_stride, (void)state, (void)scratch;
  const uint8_t *from = (const uint8_t *)in + in_at;
  int64_t bytes = plan->encoding / 4, width = plan->flags & MILLRACE_WIDE ? 8 : 4;
  int64_t group = channels < TILE ? channels : TILE, most = channels < TILE ? TILE / channels : 1;
  for (int64_t frame = 0, count; frame < frames; frame += count) {
    count = frames - frame < most ? frames - frame : most;
    for (int64_t c = 0, n; c < channels; c += n) {
      n = channels - c < group ? channels - c : group;
      decode_tile(plan, from + (frame * channels + c) * bytes,
                  (char *)out + out_at + c * out_stride + frame * width, out_stride, n, count);
    }
  }
}

void PUBLIC(encode_at)(MILLRACE_ARGUMENTS(millrace_frames *plan)) {
  (void)out_stride, (void)state, (void)scratch;
  uint8_t *to = (uint8_t *)out + out_at;
  int64_t bytes = plan->encoding / 4, width = plan->flags & MILLRACE_WIDE ? 8 : 4;
  int64_t group = channels < TILE ? channels : TILE, most = channels < TILE ? TILE / channels : 1;
  for (int64_t frame = 0, count; frame < frames; frame += count) {
    count = frames - frame < most ? frames - frame : most;
    for (int64_t c = 0, n; c < channels; c += n) {
      n = channels - c < group ? channels - c : group;
      int64_t sample = frame * channels + c;
      encode_tile(plan, (const char *)in + in_at + c * in_stride + frame * width, in_stride,
                  plan->position + sample, to + sample * bytes, n, count);
    }
  }
  plan->position += frames * channels;
}

void PUBLIC(meter_at)(MILLRACE_ARGUMENTS(millrace_frames *plan)) {
  (void)out, (void)out_at, (void)out_stride, (void)state, (void)scratch;
  for (int64_t c = 0; c < channels; c++) meter(plan, (const char *)in + in_at + c * in_stride, frames);
}
