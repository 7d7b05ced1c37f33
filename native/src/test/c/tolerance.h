/* How far the output of a kernel may be from the plain loop; included by cascade_test.c. */
/* What the plain float32 loop has on the frames of a call, or on all of the signal where that is more. */
static double float_error(const subject *s, const call *c) {
  float *state = calloc((size_t)(2 * s->sections), sizeof *state);
  double *out = malloc((size_t)(c->frames + 1) * sizeof *out);
  for (int64_t i = 0; c->start && i < 2 * s->sections; i++) state[i] = (float)s->middle[i];
  plain_float(s->coefficients, s->sections, state, input + c->start, out, c->frames);
  double error = relative_rms(out, s->output + c->start, c->frames);
  free(state);
  free(out);
  return fmax(error, s->error[F32FAST]);
}

/* The rms of a few roundings is less sharp than that of many. */
static double tolerance(const subject *s, const call *c) {
  bool few = c->frames < 25000;
  switch (c->format) {
    case F64: return fmax(1e-13, 50 * s->error[F64]);
    case F32: return (few ? 6e-8 : 5e-8) + 50 * s->error[F64];
    default: return few ? fmax(3e-6, 3 * s->error[F32FAST]) : fmax(3e-7, 1.5 * float_error(s, c));
  }
}

/* How far two states lie apart: what they make of silence, relative to the signal. */
static double apart(const subject *s, const double *a, const double *b) {
  enum { N = 200 };
  int64_t order = 2 * s->sections;
  double zeros[N] = {0}, from_a[N], from_b[N];
  double *state = malloc((size_t)order * sizeof *state);
  memcpy(state, a, (size_t)order * sizeof *state);
  plain_double(s->coefficients, s->sections, state, zeros, from_a, N);
  memcpy(state, b, (size_t)order * sizeof *state);
  plain_double(s->coefficients, s->sections, state, zeros, from_b, N);
  for (int64_t t = 0; t < N; t++) from_a[t] -= from_b[t];
  free(state);
  return rms(from_a, N) / rms(s->output, TOTAL);
}
