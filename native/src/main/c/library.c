/* What the library holds and what does not depend on the instruction set. */
#include <math.h>
#include <stddef.h>

#include "millrace.h"

static int supported(int64_t i) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  switch (i) {
    case 0:
      return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
             __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("fma");
    case 1: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    default: return 1;
  }
#else
  return i >= 0;
#endif
}

const char *millrace_variant(int64_t i) {
#if defined(__x86_64__)
  static const char *const names[] = {"avx512", "avx2", "sse2"};
#elif defined(__aarch64__)
  static const char *const names[] = {"neon"};
#endif
  for (int64_t k = 0; k < (int64_t)(sizeof names / sizeof *names); k++) {
    if (supported(k) && i-- == 0) return names[k];
  }
  return NULL;
}

int64_t millrace_cascade_scratch(int64_t sections) {
  /* state of all lanes, initial states of 16 and one more, coefficients; a piece of the serial form */
  return sections * (2 * 64 + 2 * 17 * 8 + 5 * 8) + 512 * 8 + 64;
}

/* |b0 + b1 z + b2 z^2| / |1 + a1 z + a2 z^2| at z = e^-jw */
static double magnitude(const double *c, double w) {
  double c1 = cos(w), s1 = sin(w), c2 = cos(2 * w), s2 = sin(2 * w);
  double above = hypot(c[0] + c[1] * c1 + c[2] * c2, c[1] * s1 + c[2] * s2);
  double below = hypot(1 + c[3] * c1 + c[4] * c2, c[3] * s1 + c[4] * s2);
  return above / below;
}

enum { OCTAVES = 24, PER_OCTAVE = 16 };

void millrace_spread(const double *coefficients, int64_t sections, double *scale) {
  const double pi = 3.14159265358979323846;
  for (int64_t k = 0; k < sections; k++) scale[k] = 0;
  /* angles: octaves away from both ends of the band, and every section's resonance */
  int64_t grid = 2 * OCTAVES * PER_OCTAVE;
  for (int64_t i = 0; i < grid + sections; i++) {
    double w;
    if (i < grid) {
      double distance = pi / 2 * exp2(-(double)(i / 2) / PER_OCTAVE);
      w = i % 2 ? distance : pi - distance;
    } else {
      const double *c = coefficients + 5 * (i - grid);
      double cosine = c[4] > 0 ? -c[3] / (2 * sqrt(c[4])) : 2;
      w = cosine > 1 ? 0 : cosine < -1 ? pi : acos(cosine);
    }
    double gain = 1;
    for (int64_t k = 0; k < sections; k++) {
      gain *= magnitude(coefficients + 5 * k, w);
      if (gain > scale[k]) scale[k] = gain;
    }
  }
  for (int64_t k = 0; k < sections; k++) {
    int exponent = 0;
    if (scale[k] > 0 && isfinite(scale[k])) frexp(scale[k], &exponent);
    scale[k] = ldexp(1, exponent > 900 ? -900 : exponent < -900 ? 900 : -exponent);
  }
  if (sections > 0) scale[sections - 1] = 1;
}
