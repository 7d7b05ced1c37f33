/*
 * What prepare computes elsewhere: powers of a cascade's transition matrix, its decay length, its spread of level. Slow and plain.
 */
#ifndef THEORY_H
#define THEORY_H

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifdef __SIZEOF_FLOAT128__
typedef __float128 wide;
#else
typedef long double wide;
#endif

static const int64_t SEGMENTS[] = {48, 240, 1040, 4112};
enum { SEGMENT_LENGTHS = 4 };

/* One frame of a cascade in some arithmetic: state [2K]. */
static inline wide wide_frame(const double *c, int64_t sections, wide *state, wide x) {
  for (int64_t k = 0; k < sections; k++, c += 5, state += 2) {
    wide y = c[0] * x + state[0];
    state[0] = c[1] * x - c[3] * y + state[1];
    state[1] = c[2] * x - c[4] * y;
    x = y;
  }
  return x;
}

static inline void wide_product(const wide *a, const wide *b, wide *to, int64_t n) {
  for (int64_t i = 0; i < n; i++) {
    for (int64_t j = 0; j < n; j++) {
      wide sum = 0;
      for (int64_t k = j & ~(int64_t)1; k <= (i | 1) && k < n; k++) sum += a[i * n + k] * b[k * n + j];
      to[i * n + j] = sum;
    }
  }
}

/* A^length for turned states, row after row; A's columns are what one frame of silence makes of each unit state. */
static inline void power_of(const double *c, int64_t sections, int64_t length, double *to) {
  int64_t n = 2 * sections;
  wide *m = calloc((size_t)(4 * n * n), sizeof *m);
  wide *base = m, *result = m + n * n, *product = m + 2 * n * n, *column = m + 3 * n * n;
  for (int64_t j = 0; j < n; j++) {
    memset(column, 0, (size_t)n * sizeof *column);
    column[j] = 1;
    wide_frame(c, sections, column, 0);
    for (int64_t i = 0; i < n; i++) base[i * n + j] = column[i];
    result[j * n + j] = 1;
  }
  for (int64_t e = length; e > 0; e >>= 1) {
    if (e & 1) {
      wide_product(result, base, product, n);
      memcpy(result, product, (size_t)(n * n) * sizeof *m);
    }
    wide_product(base, base, product, n);
    memcpy(base, product, (size_t)(n * n) * sizeof *m);
  }
  for (int64_t k = 0; k < sections; k++) {
    wide half = -(wide)c[5 * k + 3] / 2;
    for (int64_t j = 0; j < n; j++) result[(2 * k + 1) * n + j] += half * result[2 * k * n + j];
  }
  for (int64_t k = 0; k < sections; k++) {
    wide half = -(wide)c[5 * k + 3] / 2;
    for (int64_t i = 0; i < n; i++) result[i * n + 2 * k] -= half * result[i * n + 2 * k + 1];
  }
  for (int64_t i = 0; i < n * n; i++) to[i] = (double)result[i];
  free(m);
}

static inline double *powers_of(const double *c, int64_t sections) {
  int64_t size = 4 * sections * sections;
  double *powers = malloc((size_t)(SEGMENT_LENGTHS * size) * sizeof *powers);
  for (int i = 0; i < SEGMENT_LENGTHS; i++) power_of(c, sections, SEGMENTS[i], powers + i * size);
  return powers;
}

/* Frames after which less than eps^2 of the impulse response's energy is left; -1 beyond `most` frames. */
static inline int64_t decay_of(const double *c, int64_t sections, double eps, int64_t most) {
  double *s = calloc((size_t)(2 * sections), sizeof *s);
  double *h = malloc((size_t)(2 * most) * sizeof *h);
  double total = 0;
  for (int64_t t = 0; t < 2 * most; t++) {
    double x = t == 0;
    for (int64_t k = 0; k < sections; k++) {
      const double *p = c + 5 * k;
      double y = p[0] * x + s[2 * k];
      s[2 * k] = p[1] * x - p[3] * y + s[2 * k + 1];
      s[2 * k + 1] = p[2] * x - p[4] * y;
      if (fabs(s[2 * k]) < 1e-290) s[2 * k] = 0;
      if (fabs(s[2 * k + 1]) < 1e-290) s[2 * k + 1] = 0;
      x = y;
    }
    h[t] = x * x;
    total += h[t];
  }
  double tail = 0;
  int64_t length = 2 * most;
  while (length > 0 && tail + h[length - 1] < eps * eps * total) tail += h[--length];
  free(s);
  free(h);
  return length <= most ? length : -1;
}

/* |b0 + b1 z + b2 z^2| / |1 + a1 z + a2 z^2| at z = e^-jw */
static inline double magnitude(const double *c, double w) {
  double c1 = cos(w), s1 = sin(w), c2 = cos(2 * w), s2 = sin(2 * w);
  double above = hypot(c[0] + c[1] * c1 + c[2] * c2, c[1] * s1 + c[2] * s2);
  double below = hypot(1 + c[3] * c1 + c[4] * c2, c[3] * s1 + c[4] * s2);
  return above / below;
}

/* Powers of two: scale[k] keeps the level behind section k near that of the input. */
enum { OCTAVES = 24, PER_OCTAVE = 16 };

static inline void spread_of(const double *coefficients, int64_t sections, double *scale) {
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

#endif
