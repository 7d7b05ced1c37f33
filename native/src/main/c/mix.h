/*
 * Weighted sums of channels, in one format. All outputs of a few vectors of frames are computed before any is written,
 * so that they may take the place of the inputs.
 */

/* Vectors of frames together: what hides the latency of a sum over channels. */
#define SIDE 4

INLINE rvec N(vector_at)(const char *channel, int i) {
  return load_samples((const SAMPLE *)(channel + i * LANES * (int64_t)sizeof(SAMPLE)));
}

/* Outputs of SIDE vectors of frames to hold [outputs][SIDE * LANES]; channel c begins at in + c * stride bytes. */
static void N(mix_vectors)(const millrace_mix *mix, const char *in, int64_t stride, REAL *hold) {
  for (int64_t o = 0; o < mix->outputs; o++) {
    rvec sum[SIDE];
    const double *weights = mix->weights + o * mix->inputs;
    rvec first = R(splat)((REAL)weights[0]);
    UNROLL for (int i = 0; i < SIDE; i++) sum[i] = first * N(vector_at)(in, i);
    for (int64_t c = 1; c < mix->inputs; c++) {
      rvec weight = R(splat)((REAL)weights[c]);
      UNROLL for (int i = 0; i < SIDE; i++) sum[i] = R(madd)(weight, N(vector_at)(in + c * stride, i), sum[i]);
    }
    UNROLL for (int i = 0; i < SIDE; i++) R(store)(hold + (o * SIDE + i) * LANES, sum[i]);
  }
}

/* One frame of each output. */
static void N(mix_frame)(const millrace_mix *mix, const char *in, int64_t stride, REAL *hold) {
  for (int64_t o = 0; o < mix->outputs; o++) {
    const double *weights = mix->weights + o * mix->inputs;
    REAL sum = (REAL)weights[0] * (REAL) * (const SAMPLE_any *)in;
    for (int64_t c = 1; c < mix->inputs; c++) {
      sum = madd_real((REAL)weights[c], (REAL) * (const SAMPLE_any *)(in + c * stride), sum);
    }
    hold[o] = sum;
  }
}

int64_t PUBLIC(mix_scratch_bytes)(const millrace_mix *mix) { return mix->outputs * SIDE * VECTOR + 64; }

void PUBLIC(mix)(const millrace_mix *mix, const SAMPLE *in, int64_t in_stride, SAMPLE *out, int64_t out_stride,
                 int64_t frames, void *scratch) {
  float_mode saved = flush_subnormals();
  REAL *hold = (REAL *)(((uintptr_t)scratch + 63) & ~(uintptr_t)63);
  const int64_t step = SIDE * LANES, width = sizeof(SAMPLE);
  const char *from = (const char *)in;
  char *to = (char *)out;
  int64_t t = 0;
  while (t < frames) {
    bool aligned = (uintptr_t)(to + t * width) % VECTOR == 0;
    if (frames - t >= step && (aligned || !(mix->flags & MILLRACE_STREAM) || t >= VECTOR / width)) {
      N(mix_vectors)(mix, from + t * width, in_stride, hold);
      for (int64_t o = 0; o < mix->outputs; o++) {
        char *y = to + o * out_stride + t * width;
        bool stream = mix->flags & MILLRACE_STREAM && (uintptr_t)y % VECTOR == 0;
        N(line_write)(hold + o * step, 1, (SAMPLE *)y, step, stream);
      }
      t += step;
    } else {
      N(mix_frame)(mix, from + t * width, in_stride, hold);
      for (int64_t o = 0; o < mix->outputs; o++) *(SAMPLE_any *)(to + o * out_stride + t * width) = (SAMPLE)hold[o];
      t++;
    }
  }
  if (mix->flags & MILLRACE_STREAM) stream_end();
  restore_mode(saved);
}

#undef SIDE
