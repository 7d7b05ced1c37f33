/*
 * The names that a kernel template is written in, for one format: f64 (float64 samples), f32 (float32 samples, float64
 * arithmetic) or f32fast (float32 samples and arithmetic). Included once for each, with FORMAT defined.
 *
 * SAMPLE is what lies in memory, REAL what is computed with; svec and rvec are their vectors, FRAMES samples and LANES
 * reals wide.
 */
#undef SAMPLE
#undef REAL
#undef svec
#undef rvec
#undef FRAMES
#undef LANES
#undef S
#undef R
#undef load_samples
#undef store_reals

#define FORMAT_f64 1
#define FORMAT_f32 2
#define FORMAT_f32fast 3
#define PASTE2(a, b) a##b
#define PASTE(a, b) PASTE2(a, b)
#define PASTE4(a, b, c, d) a##b##_##c##_##d
#define EXPAND4(a, b, c, d) PASTE4(a, b, c, d)

/* a function of this format, for this file, and one seen from outside */
#define N(name) PASTE(PASTE(name, _), FORMAT)
#define PUBLIC(name) EXPAND4(millrace_, name, FORMAT, VARIANT)
#define FORMAT_NUMBER PASTE(FORMAT_, FORMAT)

#if FORMAT_NUMBER == FORMAT_f64
#define SAMPLE double
#define svec vd
#define S(name) PASTE(name, _vd)
#else
#define SAMPLE float
#define svec vf
#define S(name) PASTE(name, _vf)
#endif

#if FORMAT_NUMBER == FORMAT_f32fast
#define REAL float
#define rvec vf
#define R(name) PASTE(name, _vf)
#else
#define REAL double
#define rvec vd
#define R(name) PASTE(name, _vd)
#endif

/* LANES samples as reals, and reals as samples */
#if FORMAT_NUMBER == FORMAT_f32
#define load_samples(p) widen(p)
#define store_reals(p, v) narrow(p, v)
#else
#define load_samples(p) R(load)(p)
#define store_reals(p, v) R(store)(p, v)
#endif

#define FRAMES ((int64_t)(VECTOR / sizeof(SAMPLE)))
#define LANES ((int64_t)(VECTOR / sizeof(REAL)))
#define madd_real PASTE(madd_, REAL)
#define SAMPLE_any PASTE(SAMPLE, _any)
