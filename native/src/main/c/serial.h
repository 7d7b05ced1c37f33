/* A cascade one frame after the other, in one format of one variant; included by cascade.h. */
static bool N(all_finite)(const double *state, int64_t order) {
  double sum = 0;
  for (int64_t i = 0; i < order; i++) sum += state[i] - state[i];
  return sum == 0;
}

/* One lane, one frame after the other: a few sections at a time, over pieces that stay in the cache. */
INLINE void N(serial_sections)(const REAL *c, REAL *s, const int group, REAL *y, int64_t count) {
  REAL s1[group], s2[group];
  UNROLL for (int g = 0; g < group; g++) {
    s1[g] = s[2 * g];
    s2[g] = s[2 * g + 1];
  }
  for (int64_t t = 0; t < count; t++) {
    REAL x = y[t];
    UNROLL for (int g = 0; g < group; g++) {
      const REAL *k = c + 5 * g;
      REAL before = s1[g];
      s1[g] = madd_real(k[3], before, madd_real(k[1], x, s2[g]));
      s2[g] = madd_real(k[4], before, k[2] * x);
      x = madd_real(k[0], x, before);
    }
    y[t] = x;
  }
  UNROLL for (int g = 0; g < group; g++) {
    s[2 * g] = s1[g];
    s[2 * g + 1] = s2[g];
  }
}

static void N(serial_piece)(const N(work) *w, REAL *state, REAL *y, int64_t count) {
  int64_t left = w->sections;
  while (left > 0) {
    int64_t first = w->sections - left;
    int64_t group = left >= 4 ? 4 : left;
    const REAL *c = w->coefficients + 5 * first;
    REAL *s = state + 2 * first;
    switch (group) {
      case 1: N(serial_sections)(c, s, 1, y, count); break;
      case 2: N(serial_sections)(c, s, 2, y, count); break;
      case 3: N(serial_sections)(c, s, 3, y, count); break;
      default: N(serial_sections)(c, s, 4, y, count); break;
    }
    left -= group;
  }
}

/* out may be NULL. Once the first section's state is NaN, all that follows is. */
static void N(serial)(N(work) *w, const char *in, char *out, int64_t frames, double *state) {
  REAL *s = (REAL *)w->state; /* the lanes are idle */
  for (int64_t i = 0; i < 2 * w->sections; i++) s[i] = (REAL)(state[i] * N(scale)(w, i / 2));
  for (int64_t at = 0; at < frames; at += PIECE) {
    int64_t count = frames - at < PIECE ? frames - at : PIECE;
    const SAMPLE_any *from = (const SAMPLE_any *)in + at;
    SAMPLE_any *to = out ? (SAMPLE_any *)out + at : NULL;
    if (s[0] != s[0]) {
      for (int64_t i = 0; i < 2 * w->sections; i++) s[i] = s[0];
      for (int64_t i = 0; out && i < count; i++) to[i] = (SAMPLE)s[0];
      continue;
    }
    for (int64_t i = 0; i < count; i++) w->line[i] = (REAL)from[i];
    N(serial_piece)(w, s, w->line, count);
    for (int64_t i = 0; out && i < count; i++) to[i] = (SAMPLE)(w->line[i] * w->store_gain);
  }
  for (int64_t i = 0; i < 2 * w->sections; i++) state[i] = (double)s[i] / N(scale)(w, i / 2);
}
