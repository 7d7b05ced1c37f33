/*
 * Between memory, where a lane's frames lie one after the other, and scratch, where a frame's lanes do.
 *
 * A panel is LANES lanes; lane r begins at base + r * stride bytes. The LANES x FRAMES matrix of samples turns in
 * registers: zips rotate the bits of its index, as many as the lanes have, and unzips rotate them back.
 */

INLINE void N(zip)(svec *rows) {
  UNROLL for (int64_t width = 1; width < LANES; width *= 2) {
    svec next[LANES];
    UNROLL for (int i = 0; i < LANES / 2; i++) {
      next[2 * i] = S(zip_low)(rows[i], rows[i + LANES / 2]);
      next[2 * i + 1] = S(zip_high)(rows[i], rows[i + LANES / 2]);
    }
    UNROLL for (int i = 0; i < LANES; i++) rows[i] = next[i];
  }
}

INLINE void N(unzip)(svec *rows) {
  UNROLL for (int64_t width = 1; width < LANES; width *= 2) {
    svec next[LANES];
    UNROLL for (int i = 0; i < LANES / 2; i++) {
      next[i] = S(even)(rows[2 * i], rows[2 * i + 1]);
      next[i + LANES / 2] = S(odd)(rows[2 * i], rows[2 * i + 1]);
    }
    UNROLL for (int i = 0; i < LANES; i++) rows[i] = next[i];
  }
}

/* Reads `frames` frames, a multiple of FRAMES, of a panel to x[frame][lane]. */
INLINE void N(gather)(const char *base, int64_t stride, int64_t frames, SAMPLE *x) {
  for (int64_t f = 0; f < frames; f += FRAMES) {
    svec rows[LANES];
    UNROLL for (int r = 0; r < LANES; r++) {
      const char *p = base + r * stride + f * (int64_t)sizeof(SAMPLE);
      rows[r] = S(load)(p);
      __builtin_prefetch(p + PREFETCH);
    }
    N(zip)(rows);
    UNROLL for (int r = 0; r < LANES; r++) S(store)(x + f * LANES + r * FRAMES, rows[r]);
  }
}

/* The way back: x[frame][lane] to a panel; `stream` asks for lines aligned to their size. */
INLINE void N(scatter)(const SAMPLE *x, char *base, int64_t stride, int64_t frames, bool stream) {
  for (int64_t f = 0; f < frames; f += FRAMES) {
    svec rows[LANES];
    UNROLL for (int r = 0; r < LANES; r++) rows[r] = S(load)(x + f * LANES + r * FRAMES);
    N(unzip)(rows);
    UNROLL for (int r = 0; r < LANES; r++) {
      char *p = base + r * stride + f * (int64_t)sizeof(SAMPLE);
      if (stream) {
        S(stream)(p, rows[r]);
      } else {
        S(store)(p, rows[r]);
      }
    }
  }
}
