/*
 * Millrace: kernels for signals, in C.
 *
 * Every kernel exists in three formats and in one variant per instruction set, all in one library:
 *
 *   millrace_<kernel>_<format>_<variant>      e.g. millrace_cascade_f32_avx2
 *
 *   format    f64      float64 samples, float64 arithmetic
 *             f32      float32 samples, float64 arithmetic (PRECISE)
 *             f32fast  float32 samples, float32 arithmetic, carried state in float64 (FAST)
 *   variant   what millrace_variant(i) names: sse2, avx2, avx512 on x86-64, neon on aarch64
 *
 * A function of a variant that the processor lacks must not be called. Functions keep nothing between calls, allocate
 * nothing, start no thread and may run on any number of threads at once; pointers to state and scratch must then differ.
 * While one runs, subnormal numbers count as zero; the caller's floating-point mode is restored before it returns.
 *
 * Samples need no alignment beyond a byte, and no bit of a result depends on where they lie; output that is aligned to
 * vectors is written faster, by streaming. Doubles, counts and
 * structs are aligned to 8 bytes. `frames` are samples of one channel; strides are in bytes and may be negative. Sizes
 * are not checked: the caller has done it. Output may be the same memory as the input, or else must not overlap it.
 */
#ifndef MILLRACE_H
#define MILLRACE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Raised where functions change in a way that no struct shows, here and in Structs.java. */
#define MILLRACE_VERSION 4

/*
 * The version, the flags, sizes of scratch and the members of all structs, in lines of words, which a caller compares with
 * its own; then a line for each variant that this processor runs, best first.
 */
extern char millrace_abi_text[];

/* The variants in this library that this processor runs, best first; NULL beyond the last. */
const char *millrace_variant(int64_t i);

/*
 * A cascade of second-order sections in transposed direct form II, SciPy's sosfilt:
 *   y = b0 x + s1;  s1 = b1 x - a1 y + s2;  s2 = b2 x - a2 y
 *
 * State: 2 doubles a section, sections in order, as SciPy's zi read row by row, in the scale of these coefficients
 * whatever the format. Finite state below 1e-200 in magnitude is set to 0 at the end of a call.
 */
typedef struct millrace_cascade {
  int64_t sections;             /*  0: K, at least 1 */
  const double *coefficients;   /*  8: [K][5], b0 b1 b2 a1 a2 (a0 is 1) */
  const double *scale;          /* 16: [K], powers of two, or NULL: multiplies the state of a section and what leaves it. f32fast only */
  double load_gain;             /* 24: multiplies the input */
  double store_gain;            /* 32: multiplies the output */
  int64_t decay;                /* 40: frames after which a state no longer matters; -1: never. See below */
  int64_t lengths;              /* 48: number of segment lengths, 0 or more */
  const int64_t *segments;      /* 56: [lengths], ascending, each a multiple of 16 */
  const double *powers;         /* 64: [lengths][2K][2K], A^segments[i] for turned states, row after row */
  int64_t flags;                /* 72: MILLRACE_STREAM | MILLRACE_SERIAL | MILLRACE_HOLD */
} millrace_cascade;             /* 80 bytes */

/* Write around the caches: for outputs that the caches would lose before they are read again. */
#define MILLRACE_STREAM 1
/* One frame after the other: for short blocks, and the only form for filters that are not stable. */
#define MILLRACE_SERIAL 2
/* Leave state below 1e-200 as it is: for a block after which the same stream goes on. */
#define MILLRACE_HOLD 4

/*
 * How a block becomes parallel. With as many channels as a vector has lanes, a lane takes a channel. Else a lane takes a
 * segment of one channel, and all lanes advance together. A lane's initial state is what the frames before it leave
 * behind from zero: the last `decay` of them where segments are longer than that, and then no table is used; else the
 * whole segment, scanned with A^segment; for that the state of a section is turned, (s1, s2) to (s1, s2 - s1 a1 / 2), since
 * powers of A itself cancel where poles lie near 1. So without a decay and without segments everything is serial.
 *
 * Without MILLRACE_SERIAL, a decay and segments, a lane may still take a channel, which gives the bits of one frame after
 * the other: then every split of a stream into calls gives the same, but for what is silenced where.
 *
 * A NaN makes NaN of the rest of its channel, an infinity makes infinities and NaN of it; no other channel is touched.
 *
 * What is computed is the same recurrence with y put into the other two, so that what feeds back waits for one
 * multiply-add a frame:  s1' = (b1 - a1 b0) x - a1 s1 + s2;  s2' = (b2 - a2 b0) x - a2 s1. The state is the same.
 * Lanes of a cascade that may be cut, with a decay or segments, take s2' = x - a2 y where all sections but the first have
 * b = 1 2 1.
 */

/*
 * Bytes of scratch that a cascade needs, one per thread, for any format and variant: of each section the state of all
 * lanes, initial states of 16 and one more, and coefficients; and a piece of the serial form.
 */
#define MILLRACE_SCRATCH_SECTION 440
#define MILLRACE_SCRATCH_REST 4160
int64_t millrace_cascade_scratch(int64_t sections);

#define MILLRACE_CASCADE(suffix, sample)                                                                             \
  /* Filters `frames` frames of each channel; channel c begins at in + c * in_stride and out + c * out_stride bytes. \
     state [channels][2K], read and written. scratch: any alignment */                                               \
  void millrace_cascade_##suffix(const millrace_cascade *cascade, const sample *in, int64_t in_stride, sample *out,  \
                                 int64_t out_stride, int64_t channels, int64_t frames, double *state,                \
                                 void *scratch);                                                                     \
  /* Carries the state of one channel over `frames` frames and writes no output. Only the last `decay` frames are    \
     looked at where there is a decay. state [2K], read and written */                                               \
  void millrace_cascade_state_##suffix(const millrace_cascade *cascade, const sample *in, int64_t frames,            \
                                       double *state, void *scratch);

/*
 * A finite impulse response: y[n] = sum of taps[k] x[n - k].
 *
 * What is carried from call to call: the last taps - 1 frames of input times the load gain, oldest first, as doubles in
 * every format. A NaN or an infinity reaches the taps after it and no further.
 */
typedef struct millrace_fir {
  int64_t taps;                 /*  0: at least 1 */
  int64_t longest;              /*  8: samples of the longest transform, a power of two from 512 and taps + 15 on; 0: no transform */
  double load_gain;             /* 16: multiplies the input */
  double store_gain;            /* 24: multiplies the output */
  const void *tables;           /* 32: what millrace_fir_tables wrote, in the same format and variant */
  int64_t flags;                /* 40: MILLRACE_STREAM */
} millrace_fir;                 /* 48 bytes */

#define MILLRACE_FIR(suffix, sample)                                                                                 \
  /* Copies frames times the gain for the run of a filter that begins after them, which may be overwritten then */   \
  void millrace_past_##suffix(const sample *in, int64_t frames, double gain, double *past);                          \
  int64_t millrace_fir_table_bytes_##suffix(const millrace_fir *fir);                                                \
  /* Bytes of scratch, one per run at a time */                                                                      \
  int64_t millrace_fir_scratch_bytes_##suffix(const millrace_fir *fir);                                              \
  /* Writes the tables for the struct's taps and longest: taps [taps]; scratch as for a run */                       \
  void millrace_fir_tables_##suffix(const millrace_fir *fir, const double *taps, void *tables, void *scratch);       \
  /* Filters a run of one channel. past [taps - 1], read and written. scratch: any alignment */                      \
  void millrace_fir_##suffix(const millrace_fir *fir, const sample *in, sample *out, int64_t frames, double *past,   \
                             void *scratch);

/*
 * A change of rate by up / down: output k is the sum over a window of `width` input frames, weighed by the taps of
 * phase k down mod up; its window begins k down / up frames, in whole numbers, after that of output 0.
 *
 * What is carried from call to call: the last width - 1 frames of input times the load gain, oldest first, as doubles in
 * every format. A NaN or an infinity reaches the outputs whose windows it is in and no others.
 *
 * f32 sums in float32 those taps far from the centre that have at most 1/256 of the energy of every phase: that is off by
 * 5e-9 of the output at most, rms, a fifth of its rounding.
 */
typedef struct millrace_resampler {
  int64_t up;        /*  0: L, 1 to 65,536 */
  int64_t down;      /*  8: M, 1 to 65,536 */
  int64_t width;     /* 16: taps of a phase, at least 1 */
  double load_gain;  /* 24: multiplies the input */
  double store_gain; /* 32: multiplies the output */
  const void *table; /* 40: what millrace_resample_table wrote, in the same format and variant */
} millrace_resampler; /* 48 bytes */

/* Which outputs a call writes, and what is carried from call to call. */
typedef struct millrace_outputs {
  int64_t index; /*  0: of the first one in the stream */
  int64_t ahead; /*  8: frames from the oldest that is carried to the first one's window, 0 or more */
  int64_t most;  /* 16: no more than these are written */
  double *past;  /* 24: [width - 1], read and written */
} millrace_outputs; /* 32 bytes */

#define MILLRACE_RESAMPLE(suffix, sample)                                                                            \
  int64_t millrace_resample_table_bytes_##suffix(const millrace_resampler *plan);                                    \
  /* Writes the table for the plan's other members: phases [up][width], each oldest frame first */                   \
  void millrace_resample_table_##suffix(const millrace_resampler *plan, const double *phases, void *table);          \
  /* Bytes of scratch, one per call at a time */                                                                     \
  int64_t millrace_resample_scratch_bytes_##suffix(const millrace_resampler *plan);                                  \
  /* Reads `frames` frames of one channel and writes the outputs whose windows they complete; returns how many. in   \
     may be NULL for silence; then past is not written. The output must not overlap the input. An output has the same \
     bits however a stream is cut into calls. scratch: any alignment */                                              \
  int64_t millrace_resample_##suffix(const millrace_resampler *plan, const sample *in, int64_t frames, sample *out,  \
                                     const millrace_outputs *wanted, void *scratch);

/* Each output channel is a weighted sum of the input channels: a gain where there is one of each. */
typedef struct millrace_mix {
  int64_t inputs;        /*  0: at least 1 */
  int64_t outputs;       /*  8: at least 1 */
  const double *weights; /* 16: [outputs][inputs] */
  int64_t flags;         /* 24: MILLRACE_STREAM */
} millrace_mix;          /* 32 bytes */

#define MILLRACE_MIX(suffix, sample)                                                                                 \
  /* Bytes of scratch, one per call at a time */                                                                     \
  int64_t millrace_mix_scratch_bytes_##suffix(const millrace_mix *mix);                                              \
  /* Mixes `frames` frames; channel c begins at in + c * in_stride and out + c * out_stride bytes. In place only      \
     where there are as many outputs as inputs. scratch: any alignment */                                            \
  void millrace_mix_##suffix(const millrace_mix *mix, const sample *in, int64_t in_stride, sample *out,              \
                             int64_t out_stride, int64_t frames, void *scratch);

/*
 * Frames as files store them: interleaved samples of one encoding, anywhere in memory. Functions of it do not depend on
 * a format.
 */
typedef struct millrace_frames {
  int64_t encoding;  /*  0: bytes of a sample times 4, and 0 for signed, 1 for unsigned integers, 2 for floating point */
  int64_t flags;     /*  8: MILLRACE_SWAPPED | MILLRACE_COUNTS | MILLRACE_WIDE | MILLRACE_DITHER */
  int64_t position;  /* 16: samples that were encoded before, raised by encode: dither depends on it */
  int64_t peak32;    /* 24: largest magnitude of float32 samples so far as bits, those of NaN being the largest; raised */
  int64_t peak64;    /* 32: the same of float64 samples */
  int64_t clipped;   /* 40: samples that did not fit their integer, raised by encode */
  int64_t undefined; /* 48: samples that were NaN and became integer 0, raised by encode */
} millrace_frames;   /* 56 bytes */

/* Stored in the other byte order than this machine's. */
#define MILLRACE_SWAPPED 1
/* Integers stand for themselves, not for parts of full scale. */
#define MILLRACE_COUNTS 2
/* Planes are float64, not float32. */
#define MILLRACE_WIDE 4
/* Integers get triangular noise of two steps. */
#define MILLRACE_DITHER 8

/*
 * What every function that Java calls takes after its plan: to link another type of function costs a start 7 ms. What one
 * has no use for it leaves alone. Memory is held by its base, as a Java segment is for the time of a call that is given
 * it: samples begin `in_at` bytes after `in`, and `out_at` bytes after `out`.
 */
#define MILLRACE_ARGUMENTS(plan)                                                                                     \
  plan, const void *in, int64_t in_at, int64_t in_stride, void *out, int64_t out_at, int64_t out_stride,             \
      int64_t channels, int64_t frames, void *state, void *scratch

#define MILLRACE_CONVERT(variant)                                                                                    \
  /* Decodes `frames` frames of `channels` samples to planes. Peaks are those of floating-point encodings */         \
  void millrace_decode_at_##variant(MILLRACE_ARGUMENTS(millrace_frames *plan));                                      \
  /* Encodes planes to frames: rounded to the nearest, ties to even, clipped, NaN as 0. Peaks are those before */    \
  void millrace_encode_at_##variant(MILLRACE_ARGUMENTS(millrace_frames *plan));                                      \
  /* Raises the peaks by what planes hold, and writes nothing */                                                     \
  void millrace_meter_at_##variant(MILLRACE_ARGUMENTS(millrace_frames *plan));

/* The functions above for such callers; `state` is what is carried from call to call, unless said otherwise. */
#define MILLRACE_AT(suffix)                                                                                          \
  void millrace_cascade_at_##suffix(MILLRACE_ARGUMENTS(const millrace_cascade *cascade));                            \
  void millrace_cascade_state_at_##suffix(MILLRACE_ARGUMENTS(const millrace_cascade *cascade));                      \
  void millrace_past_at_##suffix(MILLRACE_ARGUMENTS(const double *gain));                                            \
  /* state: int64_t [2], the bytes of tables and scratch */                                                          \
  void millrace_fir_bytes_at_##suffix(MILLRACE_ARGUMENTS(const millrace_fir *fir));                                  \
  /* From taps in `in` to tables in `out` */                                                                         \
  void millrace_fir_tables_at_##suffix(MILLRACE_ARGUMENTS(const millrace_fir *fir));                                 \
  void millrace_fir_at_##suffix(MILLRACE_ARGUMENTS(const millrace_fir *fir));                                        \
  /* state: int64_t [2], the bytes of the table and scratch */                                                       \
  void millrace_resample_bytes_at_##suffix(MILLRACE_ARGUMENTS(const millrace_resampler *plan));                      \
  /* From phases in `in` to a table in `out` */                                                                      \
  void millrace_resample_table_at_##suffix(MILLRACE_ARGUMENTS(const millrace_resampler *plan));                      \
  /* state: a millrace_outputs */                                                                                    \
  void millrace_resample_at_##suffix(MILLRACE_ARGUMENTS(const millrace_resampler *plan));                            \
  /* state: int64_t [1], the bytes of scratch */                                                                     \
  void millrace_mix_bytes_at_##suffix(MILLRACE_ARGUMENTS(const millrace_mix *mix));                                  \
  void millrace_mix_at_##suffix(MILLRACE_ARGUMENTS(const millrace_mix *mix));

#define MILLRACE_EACH(variant)                  \
  MILLRACE_CONVERT(variant)                     \
  MILLRACE_AT(f64_##variant)                    \
  MILLRACE_AT(f32_##variant)                    \
  MILLRACE_AT(f32fast_##variant)                \
  MILLRACE_CASCADE(f64_##variant, double)       \
  MILLRACE_CASCADE(f32_##variant, float)        \
  MILLRACE_CASCADE(f32fast_##variant, float)    \
  MILLRACE_FIR(f64_##variant, double)           \
  MILLRACE_FIR(f32_##variant, float)            \
  MILLRACE_FIR(f32fast_##variant, float)        \
  MILLRACE_RESAMPLE(f64_##variant, double)      \
  MILLRACE_RESAMPLE(f32_##variant, float)       \
  MILLRACE_RESAMPLE(f32fast_##variant, float)   \
  MILLRACE_MIX(f64_##variant, double)           \
  MILLRACE_MIX(f32_##variant, float)            \
  MILLRACE_MIX(f32fast_##variant, float)

#if defined(__x86_64__)
MILLRACE_EACH(sse2)
MILLRACE_EACH(avx2)
MILLRACE_EACH(avx512)
#elif defined(__aarch64__)
MILLRACE_EACH(neon)
#endif

#ifdef __cplusplus
}
#endif
#endif
