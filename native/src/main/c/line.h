/*
 * A run of one channel, walked piece by piece along a line of reals: the frames before a piece, then the piece. Output
 * may take the place of the input, since a piece is on the line before anything of it is written.
 */

/* Bytes of a short piece: two of them, and what is computed, stay in a 32 KiB first-level cache. */
#define AHEAD 8192

typedef struct {
  REAL *at;     /* [past + piece], and as much more as a kernel reads beyond it */
  int64_t past; /* frames before a piece */
  REAL gain;    /* of samples as they are read */
} N(line);

/* The frames before the run, oldest first. */
static void N(line_open)(const N(line) *line, const double *past) {
  for (int64_t i = 0; i < line->past; i++) line->at[i] = (REAL)past[i];
}

/* The piece: `count` samples behind the frames before it. */
static void N(line_fill)(const N(line) *line, const SAMPLE *in, int64_t count) {
  REAL *to = line->at + line->past;
  rvec gain = R(splat)(line->gain);
  int64_t i = 0;
  for (; i + LANES <= count; i += LANES) {
    R(store)(to + i, gain * load_samples((const SAMPLE *)((const SAMPLE_any *)in + i)));
  }
  for (; i < count; i++) to[i] = line->gain * (REAL)((const SAMPLE_any *)in)[i];
}

/*
 * Fetches the next piece while one is computed, if it is a short one: the processor's own fetching begins anew at each.
 * With 63 taps by transforms of 1,024 in float32 arithmetic it makes 2,000 instead of 1,850 million frames a second
 * (2-core Zen 5 VM, AVX-512, November 2026).
 */
static void N(line_ahead)(const SAMPLE *next, int64_t count) {
  int64_t bytes = count * (int64_t)sizeof(SAMPLE);
  for (int64_t i = 0; bytes <= AHEAD && i < bytes; i += 64) __builtin_prefetch((const char *)next + i);
}

/* A piece of `count` frames becomes the past. */
static void N(line_move)(const N(line) *line, int64_t count) {
  memmove(line->at, line->at + count, (size_t)line->past * sizeof(REAL));
}

/* The last frames of the run, the line being moved past its end. */
static void N(line_close)(const N(line) *line, double *past) {
  for (int64_t i = 0; i < line->past; i++) past[i] = (double)line->at[i];
}

/* Reals times a gain to samples; `stream` where the output is aligned to vectors. */
INLINE void N(line_write_as)(const REAL *y, REAL gain, SAMPLE *out, int64_t count, bool stream) {
  rvec g = R(splat)(gain);
  int64_t i = 0;
  for (; i + FRAMES <= count; i += FRAMES) {
    SAMPLE *to = (SAMPLE *)((SAMPLE_any *)out + i);
#if FORMAT_NUMBER == FORMAT_f32
    svec samples = narrow_both(g * R(load)(y + i), g * R(load)(y + i + LANES));
#else
    svec samples = g * R(load)(y + i);
#endif
    if (stream) {
      S(stream)(to, samples);
    } else {
      S(store)(to, samples);
    }
  }
  for (; i < count; i++) ((SAMPLE_any *)out)[i] = (SAMPLE)(gain * y[i]);
}

static void N(line_write)(const REAL *y, REAL gain, SAMPLE *out, int64_t count, bool stream) {
  if (stream && (uintptr_t)out % VECTOR == 0) {
    N(line_write_as)(y, gain, out, count, true);
  } else {
    N(line_write_as)(y, gain, out, count, false);
  }
}

/* The frames before a run that is not the first of its block, as line_open wants them. */
void PUBLIC(past)(const SAMPLE *in, int64_t frames, double gain, double *past) {
  for (int64_t i = 0; i < frames; i++) past[i] = (double)((REAL)gain * (REAL)((const SAMPLE_any *)in)[i]);
}

#undef AHEAD
