/*
 * Vectors of the width this file is compiled for, and what the kernels do with them beyond + and *.
 *
 * A vector of reals has LANES(real) entries. Types and arithmetic are the vector extensions of gcc and clang; only the
 * multiply-add, the streaming store and the saved floating-point mode need a name per instruction set.
 */
#ifndef MILLRACE_LANES_H
#define MILLRACE_LANES_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

#if defined(__AVX512F__)
#define VECTOR 64
#elif defined(__AVX2__) && defined(__FMA__)
#define VECTOR 32
#else
#define VECTOR 16
#endif

#define INLINE static inline __attribute__((always_inline, unused))
#define RESTRICT __restrict__

#define DO_PRAGMA(text) _Pragma(#text)
#if defined(__clang__)
#define UNROLL DO_PRAGMA(clang loop unroll(full))
#else
#define UNROLL DO_PRAGMA(GCC unroll 64)
#endif

typedef double vd __attribute__((vector_size(VECTOR)));
typedef float vf __attribute__((vector_size(VECTOR)));
typedef float vh __attribute__((vector_size(VECTOR / 2)));

/* the same types where alignment is not known */
typedef double vd_any __attribute__((vector_size(VECTOR), aligned(1), may_alias));
typedef float vf_any __attribute__((vector_size(VECTOR), aligned(1), may_alias));
typedef float vh_any __attribute__((vector_size(VECTOR / 2), aligned(1), may_alias));
typedef double double_any __attribute__((aligned(1), may_alias));
typedef float float_any __attribute__((aligned(1), may_alias));

INLINE vd load_vd(const void *p) { return *(const vd_any *)p; }
INLINE vf load_vf(const void *p) { return *(const vf_any *)p; }
INLINE void store_vd(void *p, vd v) { *(vd_any *)p = v; }
INLINE void store_vf(void *p, vf v) { *(vf_any *)p = v; }

/* x - 0 is x for every x, -0 too, and compiles to a broadcast */
INLINE vd splat_vd(double x) { return x - (vd){0}; }
INLINE vf splat_vf(float x) { return x - (vf){0}; }

INLINE vd widen(const float *p) { return __builtin_convertvector(*(const vh_any *)p, vd); }
INLINE void narrow(float *p, vd v) { *(vh_any *)p = __builtin_convertvector(v, vh); }

/* a b + c, rounded once where the processor can */
#if defined(__AVX512F__)
INLINE vd madd_vd(vd a, vd b, vd c) { return (vd)_mm512_fmadd_pd((__m512d)a, (__m512d)b, (__m512d)c); }
INLINE vf madd_vf(vf a, vf b, vf c) { return (vf)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c); }
INLINE void stream_vd(void *p, vd v) { _mm512_stream_pd(p, (__m512d)v); }
INLINE void stream_vf(void *p, vf v) { _mm512_stream_ps(p, (__m512)v); }
#elif VECTOR == 32
INLINE vd madd_vd(vd a, vd b, vd c) { return (vd)_mm256_fmadd_pd((__m256d)a, (__m256d)b, (__m256d)c); }
INLINE vf madd_vf(vf a, vf b, vf c) { return (vf)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c); }
INLINE void stream_vd(void *p, vd v) { _mm256_stream_pd(p, (__m256d)v); }
INLINE void stream_vf(void *p, vf v) { _mm256_stream_ps(p, (__m256)v); }
#elif defined(__x86_64__)
INLINE vd madd_vd(vd a, vd b, vd c) { return a * b + c; }
INLINE vf madd_vf(vf a, vf b, vf c) { return a * b + c; }
INLINE void stream_vd(void *p, vd v) { _mm_stream_pd(p, (__m128d)v); }
INLINE void stream_vf(void *p, vf v) { _mm_stream_ps(p, (__m128)v); }
#else
INLINE vd madd_vd(vd a, vd b, vd c) { return (vd)vfmaq_f64((float64x2_t)c, (float64x2_t)a, (float64x2_t)b); }
INLINE vf madd_vf(vf a, vf b, vf c) { return (vf)vfmaq_f32((float32x4_t)c, (float32x4_t)a, (float32x4_t)b); }
INLINE void stream_vd(void *p, vd v) { store_vd(p, v); }
INLINE void stream_vf(void *p, vf v) { store_vf(p, v); }
#endif

#if defined(__FMA__) || defined(__aarch64__)
INLINE double madd_double(double a, double b, double c) { return __builtin_fma(a, b, c); }
INLINE float madd_float(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
#else
INLINE double madd_double(double a, double b, double c) { return a * b + c; }
INLINE float madd_float(float a, float b, float c) { return a * b + c; }
#endif

/* makes streamed lines visible to other threads */
INLINE void stream_end(void) {
#if defined(__x86_64__)
  _mm_sfence();
#endif
}

#if defined(__clang__) || __GNUC__ >= 12
#define SHUFFLE(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#define SHUFFLE_VD(a, b, ...) SHUFFLE(a, b, __VA_ARGS__)
#define SHUFFLE_VF(a, b, ...) SHUFFLE(a, b, __VA_ARGS__)
#else
typedef int64_t vd_index __attribute__((vector_size(VECTOR)));
typedef int32_t vf_index __attribute__((vector_size(VECTOR)));
#define SHUFFLE_VD(a, b, ...) __builtin_shuffle(a, b, (vd_index){__VA_ARGS__})
#define SHUFFLE_VF(a, b, ...) __builtin_shuffle(a, b, (vf_index){__VA_ARGS__})
#endif

/* zip: a0 b0 a1 b1 ... in two vectors; unzip: its inverse */
#if VECTOR == 64
INLINE vd zip_low_vd(vd a, vd b) { return SHUFFLE_VD(a, b, 0, 8, 1, 9, 2, 10, 3, 11); }
INLINE vd zip_high_vd(vd a, vd b) { return SHUFFLE_VD(a, b, 4, 12, 5, 13, 6, 14, 7, 15); }
INLINE vd even_vd(vd a, vd b) { return SHUFFLE_VD(a, b, 0, 2, 4, 6, 8, 10, 12, 14); }
INLINE vd odd_vd(vd a, vd b) { return SHUFFLE_VD(a, b, 1, 3, 5, 7, 9, 11, 13, 15); }
INLINE vf zip_low_vf(vf a, vf b) {
  return SHUFFLE_VF(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}
INLINE vf zip_high_vf(vf a, vf b) {
  return SHUFFLE_VF(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}
INLINE vf even_vf(vf a, vf b) {
  return SHUFFLE_VF(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
}
INLINE vf odd_vf(vf a, vf b) {
  return SHUFFLE_VF(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
}
#elif VECTOR == 32
INLINE vd zip_low_vd(vd a, vd b) { return SHUFFLE_VD(a, b, 0, 4, 1, 5); }
INLINE vd zip_high_vd(vd a, vd b) { return SHUFFLE_VD(a, b, 2, 6, 3, 7); }
INLINE vd even_vd(vd a, vd b) { return SHUFFLE_VD(a, b, 0, 2, 4, 6); }
INLINE vd odd_vd(vd a, vd b) { return SHUFFLE_VD(a, b, 1, 3, 5, 7); }
INLINE vf zip_low_vf(vf a, vf b) { return SHUFFLE_VF(a, b, 0, 8, 1, 9, 2, 10, 3, 11); }
INLINE vf zip_high_vf(vf a, vf b) { return SHUFFLE_VF(a, b, 4, 12, 5, 13, 6, 14, 7, 15); }
INLINE vf even_vf(vf a, vf b) { return SHUFFLE_VF(a, b, 0, 2, 4, 6, 8, 10, 12, 14); }
INLINE vf odd_vf(vf a, vf b) { return SHUFFLE_VF(a, b, 1, 3, 5, 7, 9, 11, 13, 15); }
#else
INLINE vd zip_low_vd(vd a, vd b) { return SHUFFLE_VD(a, b, 0, 2); }
INLINE vd zip_high_vd(vd a, vd b) { return SHUFFLE_VD(a, b, 1, 3); }
INLINE vd even_vd(vd a, vd b) { return SHUFFLE_VD(a, b, 0, 2); }
INLINE vd odd_vd(vd a, vd b) { return SHUFFLE_VD(a, b, 1, 3); }
INLINE vf zip_low_vf(vf a, vf b) { return SHUFFLE_VF(a, b, 0, 4, 1, 5); }
INLINE vf zip_high_vf(vf a, vf b) { return SHUFFLE_VF(a, b, 2, 6, 3, 7); }
INLINE vf even_vf(vf a, vf b) { return SHUFFLE_VF(a, b, 0, 2, 4, 6); }
INLINE vf odd_vf(vf a, vf b) { return SHUFFLE_VF(a, b, 1, 3, 5, 7); }
#endif

/* Subnormal numbers count as zero from the one call to the other; the caller's mode comes back. */
#if defined(__x86_64__)
typedef unsigned float_mode;
INLINE float_mode flush_subnormals(void) {
  unsigned saved = _mm_getcsr();
  _mm_setcsr(saved | 0x8040u); /* FTZ and DAZ */
  return saved;
}
INLINE void restore_mode(float_mode saved) { _mm_setcsr(saved); }
#elif defined(__aarch64__)
typedef uint64_t float_mode;
INLINE float_mode flush_subnormals(void) {
  uint64_t saved;
  __asm__ volatile("mrs %0, fpcr" : "=r"(saved));
  __asm__ volatile("msr fpcr, %0" : : "r"(saved | (UINT64_C(1) << 24)) : "memory");
  return saved;
}
INLINE void restore_mode(float_mode saved) { __asm__ volatile("msr fpcr, %0" : : "r"(saved) : "memory"); }
#endif

#endif
