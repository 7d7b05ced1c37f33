/*
 * The kernels for callers whose memory is held by its base: samples begin some bytes after it.
 */
#define AT(base, offset) ((SAMPLE *)((char *)(base) + (offset)))
#define CONST_AT(base, offset) ((const SAMPLE *)((const char *)(base) + (offset)))
#define UNUSED_OUTPUT (void)out, (void)out_at, (void)out_stride, (void)channels
#define UNUSED_BLOCKS (void)in, (void)in_at, (void)in_stride, UNUSED_OUTPUT, (void)frames, (void)scratch

void PUBLIC(cascade_at)(MILLRACE_ARGUMENTS(const millrace_cascade *plan)) {
  PUBLIC(cascade)(plan, CONST_AT(in, in_at), in_stride, AT(out, out_at), out_stride, channels, frames, state, scratch);
}

void PUBLIC(cascade_state_at)(MILLRACE_ARGUMENTS(const millrace_cascade *plan)) {
  (void)in_stride, UNUSED_OUTPUT;
  PUBLIC(cascade_state)(plan, CONST_AT(in, in_at), frames, state, scratch);
}

void PUBLIC(past_at)(MILLRACE_ARGUMENTS(const double *gain)) {
  (void)in_stride, UNUSED_OUTPUT, (void)scratch;
  PUBLIC(past)(CONST_AT(in, in_at), frames, *gain, state);
}

void PUBLIC(fir_bytes_at)(MILLRACE_ARGUMENTS(const millrace_fir *fir)) {
  UNUSED_BLOCKS;
  int64_t *bytes = state;
  bytes[0] = PUBLIC(fir_table_bytes)(fir);
  bytes[1] = PUBLIC(fir_scratch_bytes)(fir);
}

void PUBLIC(fir_tables_at)(MILLRACE_ARGUMENTS(const millrace_fir *fir)) {
  (void)in_stride, (void)out_stride, (void)channels, (void)frames, (void)state;
  PUBLIC(fir_tables)(fir, (const double *)((const char *)in + in_at), (char *)out + out_at, scratch);
}

void PUBLIC(fir_at)(MILLRACE_ARGUMENTS(const millrace_fir *fir)) {
  (void)in_stride, (void)out_stride, (void)channels;
  PUBLIC(fir)(fir, CONST_AT(in, in_at), AT(out, out_at), frames, state, scratch);
}

void PUBLIC(resample_bytes_at)(MILLRACE_ARGUMENTS(const millrace_resampler *plan)) {
  UNUSED_BLOCKS;
  int64_t *bytes = state;
  bytes[0] = PUBLIC(resample_table_bytes)(plan);
  bytes[1] = PUBLIC(resample_scratch_bytes)(plan);
}

void PUBLIC(resample_table_at)(MILLRACE_ARGUMENTS(const millrace_resampler *plan)) {
  (void)in_stride, (void)out_stride, (void)channels, (void)frames, (void)state, (void)scratch;
  PUBLIC(resample_table)(plan, (const double *)((const char *)in + in_at), (char *)out + out_at);
}

void PUBLIC(resample_at)(MILLRACE_ARGUMENTS(const millrace_resampler *plan)) {
  (void)in_stride, (void)out_stride, (void)channels;
  const SAMPLE *from = in ? CONST_AT(in, in_at) : 0;
  PUBLIC(resample)(plan, from, frames, AT(out, out_at), state, scratch);
}

void PUBLIC(mix_bytes_at)(MILLRACE_ARGUMENTS(const millrace_mix *mix)) {
  UNUSED_BLOCKS;
  *(int64_t *)state = PUBLIC(mix_scratch_bytes)(mix);
}

void PUBLIC(mix_at)(MILLRACE_ARGUMENTS(const millrace_mix *mix)) {
  (void)channels, (void)state;
  PUBLIC(mix)(mix, CONST_AT(in, in_at), in_stride, AT(out, out_at), out_stride, frames, scratch);
}

#undef AT
#undef CONST_AT
#undef UNUSED_OUTPUT
#undef UNUSED_BLOCKS
