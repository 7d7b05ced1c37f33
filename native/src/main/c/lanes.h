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


/* SANITIZED: loops stay loops and functions functions, which sanitizers else take half an hour to compile */
#define DO_PRAGMA(text) _Pragma(#text)
#if defined(SANITIZED)
#define INLINE static inline __attribute__((unused))
#define UNROLL
#else
#define INLINE static inline __attribute__((always_inline, unused))
#if defined(__clang__)
#define UNROLL DO_PRAGMA(clang loop unroll(full))
#else
#define UNROLL DO_PRAGMA(GCC unroll 64)
#endif
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

/* Keeps gcc from loading a vector again for every instruction that takes it. */
#if defined(__x86_64__)
#define IN_REGISTER(v) __asm__("" : "+v"(v))
#else
#define IN_REGISTER(v) ((void)0)
#endif

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

/* the halves of a vector of samples as reals, and back; and their sum, in float32 */
#if VECTOR == 64
INLINE vd widen_low(vf v) { return (vd)_mm512_cvtps_pd(_mm512_castps512_ps256((__m512)v)); }
INLINE vd widen_high(vf v) { return (vd)_mm512_cvtps_pd(_mm512_extractf32x8_ps((__m512)v, 1)); }
INLINE vf narrow_both(vd low, vd high) {
  __m512 half = _mm512_castps256_ps512(_mm512_cvtpd_ps((__m512d)low));
  return (vf)_mm512_insertf32x8(half, _mm512_cvtpd_ps((__m512d)high), 1);
}
INLINE vd widen_folded(vf v) {
  return (vd)_mm512_cvtps_pd(_mm256_add_ps(_mm512_castps512_ps256((__m512)v), _mm512_extractf32x8_ps((__m512)v, 1)));
}
#elif VECTOR == 32
INLINE vd widen_low(vf v) { return (vd)_mm256_cvtps_pd(_mm256_castps256_ps128((__m256)v)); }
INLINE vd widen_high(vf v) { return (vd)_mm256_cvtps_pd(_mm256_extractf128_ps((__m256)v, 1)); }
INLINE vf narrow_both(vd low, vd high) {
  return (vf)_mm256_set_m128(_mm256_cvtpd_ps((__m256d)high), _mm256_cvtpd_ps((__m256d)low));
}
INLINE vd widen_folded(vf v) {
  return (vd)_mm256_cvtps_pd(_mm_add_ps(_mm256_castps256_ps128((__m256)v), _mm256_extractf128_ps((__m256)v, 1)));
}
#elif defined(__x86_64__)
INLINE vd widen_low(vf v) { return (vd)_mm_cvtps_pd((__m128)v); }
INLINE vd widen_high(vf v) { return (vd)_mm_cvtps_pd(_mm_movehl_ps((__m128)v, (__m128)v)); }
INLINE vf narrow_both(vd low, vd high) {
  return (vf)_mm_movelh_ps(_mm_cvtpd_ps((__m128d)low), _mm_cvtpd_ps((__m128d)high));
}
INLINE vd widen_folded(vf v) { return (vd)_mm_cvtps_pd(_mm_add_ps((__m128)v, _mm_movehl_ps((__m128)v, (__m128)v))); }
#else
INLINE vd widen_low(vf v) { return (vd)vcvt_f64_f32(vget_low_f32((float32x4_t)v)); }
INLINE vd widen_high(vf v) { return (vd)vcvt_high_f64_f32((float32x4_t)v); }
INLINE vf narrow_both(vd low, vd high) { return (vf)vcvt_high_f32_f64(vcvt_f32_f64((float64x2_t)low), (float64x2_t)high); }
INLINE vd widen_folded(vf v) {
  return (vd)vcvt_f64_f32(vadd_f32(vget_low_f32((float32x4_t)v), vget_high_f32((float32x4_t)v)));
}
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
