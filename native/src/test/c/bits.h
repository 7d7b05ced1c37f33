/* Which outputs of a cascade are equal to the last bit; included by cascade_test.c. */

/* One output, wherever it lies and however it is stored. */
static void addresses(const subject *s, const variant *v, enum format f) {
  enum { N = LONGEST - 300 };
  call c = {.format = f, .frames = N, .channels = 1, .load = 1, .store = 1};
  char *scratch = malloc((size_t)millrace_cascade_scratch(s->sections));
  double *state = malloc((size_t)(2 * s->sections) * sizeof *state);
  char *first = malloc((size_t)(N * sample_bytes[f]));
  for (int i = 0; i < 12; i++) {
    static const int64_t skews[] = {0, 8, 16, 32, 56, 3};
    c.skew = skews[i / 2];
    c.flags = i % 2 ? MILLRACE_STREAM : 0;
    millrace_cascade plan = plan_of(s, &c);
    buffer b = buffer_of(&c);
    for (int64_t t = 0; t < N; t++) put(f, b.base, t, input[t]);
    memset(state, 0, (size_t)(2 * s->sections) * sizeof *state);
    v->of[f].cascade(&plan, b.base, 0, b.base, 0, 1, N, state, scratch);
    if (i == 0) memcpy(first, b.base, (size_t)(N * sample_bytes[f]));
    CHECK(!memcmp(first, b.base, (size_t)(N * sample_bytes[f])), "%s: other bits", text(s, v, &c));
    free(b.memory);
  }
  free(first);
  free(state);
  free(scratch);
}

/* Lanes that take channels give the bits of one frame after the other, held in pieces of any length. */
static void steady(const subject *s, const variant *v, enum format f) {
  enum { N = 2000, CHANNELS = 19 };
  call c = {.format = f, .frames = N, .channels = CHANNELS, .load = 0.5, .store = 3};
  int64_t order = 2 * s->sections;
  buffer all = buffer_of(&c), serial = buffer_of(&c);
  double *state = calloc((size_t)(CHANNELS * order), sizeof *state);
  char *scratch = malloc((size_t)millrace_cascade_scratch(s->sections));
  for (int64_t ch = 0; ch < CHANNELS; ch++) {
    for (int64_t t = 0; t < N; t++) put(f, all.base + ch * all.stride, t, input[ch + t]);
  }
  memcpy(serial.memory, all.memory, (size_t)all.size);
  c.flags = MILLRACE_SERIAL;
  millrace_cascade plan = plan_of(s, &c);
  v->of[f].cascade(&plan, serial.base, serial.stride, serial.base, serial.stride, CHANNELS, N, state, scratch);
  memset(state, 0, (size_t)(CHANNELS * order) * sizeof *state);
  plan.flags = MILLRACE_HOLD;
  plan.decay = -1;
  plan.lengths = 0;
  for (int64_t at = 0, i = 0, count; at < N; at += count, i++) {
    count = i % 3 ? 97 * i : 1;
    if (count > N - at) count = N - at;
    char *from = all.base + at * sample_bytes[f];
    v->of[f].cascade(&plan, from, all.stride, from, all.stride, CHANNELS, count, state, scratch);
  }
  CHECK(!memcmp(all.memory, serial.memory, (size_t)all.size), "%s: other bits in pieces", text(s, v, &c));
  for (int64_t i = 0; i < order; i++) state[i] = 1e-250;
  v->of[f].cascade(&plan, all.base, 0, all.base, 0, 1, 0, state, scratch);
  CHECK(f == F32FAST || state[0] == 1e-250, "%s: state was not held", text(s, v, &c));
  free(all.memory);
  free(serial.memory);
  free(state);
  free(scratch);
}
