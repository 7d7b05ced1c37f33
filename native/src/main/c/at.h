/*
 * The kernels for callers whose memory is held by its base: samples begin some bytes after it.
 */
#define AT(base, offset) ((SAMPLE *)((char *)(base) + (offset)))
#define CONST_AT(base, offset) ((const SAMPLE *)((const char *)(base) + (offset)))

void PUBLIC(cascade_at)(const millrace_cascade *plan, const void *in, int64_t in_at, int64_t in_stride, void *out,
                        int64_t out_at, int64_t out_stride, int64_t channels, int64_t frames, double *state,
                        void *scratch) {
  PUBLIC(cascade)(plan, CONST_AT(in, in_at), in_stride, AT(out, out_at), out_stride, channels, frames, state, scratch);
}

void PUBLIC(cascade_state_at)(const millrace_cascade *plan, const void *in, int64_t in_at, int64_t in_stride, void *out,
                              int64_t out_at, int64_t out_stride, int64_t channels, int64_t frames, double *state,
                              void *scratch) {
  (void)in_stride, (void)out, (void)out_at, (void)out_stride, (void)channels;
  PUBLIC(cascade_state)(plan, CONST_AT(in, in_at), frames, state, scratch);
}

void PUBLIC(past_at)(const void *in, int64_t in_at, int64_t frames, double gain, double *past) {
  PUBLIC(past)(CONST_AT(in, in_at), frames, gain, past);
}

void PUBLIC(fir_at)(const millrace_fir *fir, const void *in, int64_t in_at, void *out, int64_t out_at, int64_t frames,
                    double *past, void *scratch) {
  PUBLIC(fir)(fir, CONST_AT(in, in_at), AT(out, out_at), frames, past, scratch);
}

int64_t PUBLIC(resample_at)(const millrace_resampler *plan, const void *in, int64_t in_at, int64_t frames, void *out,
                            int64_t out_at, const millrace_outputs *wanted, double *past, void *scratch) {
  const SAMPLE *from = in ? CONST_AT(in, in_at) : 0;
  return PUBLIC(resample)(plan, from, frames, AT(out, out_at), wanted, past, scratch);
}

void PUBLIC(mix_at)(const millrace_mix *mix, const void *in, int64_t in_at, int64_t in_stride, void *out,
                    int64_t out_at, int64_t out_stride, int64_t frames, void *scratch) {
  PUBLIC(mix)(mix, CONST_AT(in, in_at), in_stride, AT(out, out_at), out_stride, frames, scratch);
}

#undef AT
#undef CONST_AT
