/*
 * Between memory, where a lane's frames lie one after the other, and registers, where a frame's lanes do. Lane r begins
 * at base + r * stride bytes.
 */

/* Reads FRAMES frames of all lanes: x[frame]. */
INLINE void N(gather)(const char *base, int64_t stride, rvec *x) {
  svec rows[LANES];
  UNROLL for (int r = 0; r < LANES; r++) {
    const char *p = base + r * stride;
    rows[r] = S(load)(p);
    __builtin_prefetch(p + PREFETCH);
  }
#if FORMAT_NUMBER == FORMAT_f32
  widen_turn(rows, x);
#else
  S(turn)(rows);
  UNROLL for (int r = 0; r < LANES; r++) x[r] = rows[r];
#endif
}

/* The way back; `stream` asks for addresses aligned to a vector. */
INLINE void N(scatter)(const rvec *x, char *base, int64_t stride, bool stream) {
  svec rows[LANES];
#if FORMAT_NUMBER == FORMAT_f32
  narrow_turn(x, rows);
#else
  UNROLL for (int r = 0; r < LANES; r++) rows[r] = x[r];
  S(turn)(rows);
#endif
  if (stream) {
    UNROLL for (int r = 0; r < LANES; r++) S(stream)(base + r * stride, rows[r]);
  } else {
    UNROLL for (int r = 0; r < LANES; r++) S(store)(base + r * stride, rows[r]);
  }
}
