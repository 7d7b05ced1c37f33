/* Counting checks, and the kernels of every variant in a table. */
#ifndef CHECK_H
#define CHECK_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "millrace.h"

extern long checks, failures;

/* Counts a case; says which one failed, for the first few. */
#define CHECK(holds, ...)                                \
  do {                                                   \
    checks++;                                            \
    if (!(holds) && ++failures <= 40) {                  \
      printf("FAILED %s:%d: ", __FILE__, __LINE__);      \
      printf(__VA_ARGS__);                               \
      printf("\n");                                      \
    }                                                    \
  } while (0)

enum format { F64, F32, F32FAST, FORMATS };
static const char *const format_names[] = {"f64", "f32", "f32fast"};
static const int sample_bytes[] = {8, 4, 4};

typedef void cascade_kernel(const millrace_cascade *, const void *, int64_t, void *, int64_t, int64_t, int64_t,
                            double *, void *);
typedef void state_kernel(const millrace_cascade *, const void *, int64_t, double *, void *);

typedef struct {
  int64_t (*table_bytes)(const millrace_resampler *);
  void (*table)(const millrace_resampler *, const double *, void *);
  int64_t (*scratch_bytes)(const millrace_resampler *);
  int64_t (*run)(const millrace_resampler *, const void *, int64_t, void *, const millrace_outputs *, void *);
} resample_kernels;

typedef struct {
  int64_t (*scratch_bytes)(const millrace_mix *);
  void (*run)(const millrace_mix *, const void *, int64_t, void *, int64_t, int64_t, void *);
} mix_kernels;

typedef int64_t bytes_of_fir(const millrace_fir *);
typedef void fir_maker(const millrace_fir *, const double *, void *, void *);
typedef void fir_kernel(const millrace_fir *, const void *, void *, int64_t, double *, void *);
typedef void past_kernel(const void *, int64_t, double, double *);

typedef struct {
  bytes_of_fir *table_bytes, *scratch_bytes;
  fir_maker *tables;
  fir_kernel *fir;
  past_kernel *past;
} fir_kernels;

/* The kernels of one format; the sample type is void here. */
typedef struct {
  cascade_kernel *cascade;
  state_kernel *cascade_state;
  resample_kernels resample;
  mix_kernels mix;
  fir_kernels fir;
} kernels;

typedef void convert_kernel(millrace_frames *, const void *, int64_t, int64_t, void *, int64_t, int64_t, int64_t,
                            int64_t, void *, void *);

typedef struct {
  const char *name;
  kernels of[FORMATS];
  convert_kernel *decode, *encode;
} variant;

extern const variant variants[];
extern const int variant_count;

/* Variants of the table that this processor runs. */
static inline bool runs(const variant *v) {
  const char *name;
  for (int64_t i = 0; (name = millrace_variant(i)); i++) {
    if (strcmp(name, v->name) == 0) return true;
  }
  return false;
}

/* Noise in [-1, 1), a multiple of 2^-23: the same in both sample types. */
static inline double noise(uint32_t *seed) {
  *seed = *seed * 1664525u + 1013904223u;
  return (double)((int32_t)*seed >> 8) / 8388608.0;
}

static inline void put(enum format f, void *base, int64_t i, double x) {
  float narrow = (float)x;
  if (f == F64) {
    memcpy((char *)base + 8 * i, &x, 8);
  } else {
    memcpy((char *)base + 4 * i, &narrow, 4);
  }
}

static inline double get(enum format f, const void *base, int64_t i) {
  double x;
  float narrow;
  if (f == F64) {
    memcpy(&x, (const char *)base + 8 * i, 8);
    return x;
  }
  memcpy(&narrow, (const char *)base + 4 * i, 4);
  return (double)narrow;
}

#endif
