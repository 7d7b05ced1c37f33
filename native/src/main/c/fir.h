/*
 * A finite impulse response, in one format: y[n] = sum of h[k] x[n - k] along a line of reals.
 *
 * Term by term, vectors of adjacent outputs are kept in registers, TILE of them. The taps are taken in columns r,
 * r + LANES, r + 2 LANES, ...: an input vector at offset r then serves every tap of the column, for another output each.
 * So a load, which straddles two cache lines at nearly every offset, feeds TERMS multiply-adds. Every output adds its
 * terms in one order, wherever it lies in a tile and wherever a run starts.
 */

/* Outputs of a tile and taps of a column taken together: with one input vector they fit the registers, 32 or 16. */
#if defined(__AVX512F__) || defined(__aarch64__)
#define TILE 16
#else
#define TILE 8
#endif
#define TERMS 4

/* Frames of a piece: input and output stay in a 32 KiB first-level cache. */
#define PIECE 1024

/* Adds `count` columns of `terms` taps; x is where the first output's term of the first tap lies. */
INLINE void N(columns)(rvec *sums, const int tile, const REAL *taps, const REAL *x, int64_t count, const int terms) {
  for (int64_t r = 0; r < count; r++) {
    rvec h[TERMS];
    UNROLL for (int q = 0; q < terms; q++) h[q] = R(splat)(taps[r + q * LANES]);
    UNROLL for (int m = 0; m < tile + terms - 1; m++) {
      rvec v = R(load)(x + r + m * LANES);
      UNROLL for (int q = 0; q < terms; q++) {
        if (m - q >= 0 && m - q < tile) sums[m - q] = R(madd)(h[q], v, sums[m - q]);
      }
    }
  }
}

/* y[i] = sum of taps[k] x[i + k] for `tile` vectors of i. */
INLINE void N(sum_tile)(const int tile, const REAL *taps, int64_t count, const REAL *x, REAL *y) {
  rvec sums[TILE];
  UNROLL for (int i = 0; i < tile; i++) sums[i] = R(splat)(0);
  int64_t k = 0;
  for (; k + TERMS * LANES <= count; k += TERMS * LANES) N(columns)(sums, tile, taps + k, x + k, LANES, TERMS);
  /* the last columns: `longer` of them have one tap more than the others */
  int64_t terms = (count - k) / LANES, longer = (count - k) % LANES;
  const REAL *h = taps + k, *from = x + k;
  switch (terms) {
    case 0:
      N(columns)(sums, tile, h, from, longer, 1);
      break;
    case 1:
      N(columns)(sums, tile, h, from, longer, 2);
      N(columns)(sums, tile, h + longer, from + longer, LANES - longer, 1);
      break;
    case 2:
      N(columns)(sums, tile, h, from, longer, 3);
      N(columns)(sums, tile, h + longer, from + longer, LANES - longer, 2);
      break;
    default:
      N(columns)(sums, tile, h, from, longer, 4);
      N(columns)(sums, tile, h + longer, from + longer, LANES - longer, 3);
      break;
  }
  UNROLL for (int i = 0; i < tile; i++) R(store)(y + i * LANES, sums[i]);
}

/* The same for `frames` outputs; up to a tile less one beyond them are written too. */
static void N(sum_direct)(const REAL *taps, int64_t count, const REAL *x, REAL *y, int64_t frames) {
  int64_t i = 0;
  for (; i + (TILE - 4) * LANES < frames; i += TILE * LANES) N(sum_tile)(TILE, taps, count, x + i, y + i);
  for (; i + LANES < frames; i += 4 * LANES) N(sum_tile)(4, taps, count, x + i, y + i);
  for (; i < frames; i += LANES) N(sum_tile)(1, taps, count, x + i, y + i);
}

#define SLACK (TILE * LANES)
#define LINES(reals) (((reals) * (int64_t)sizeof(REAL) + 63) / 64 * 64)

static char *N(aligned)(const void *memory) { return (char *)(((uintptr_t)memory + 63) & ~(uintptr_t)63); }

static int64_t N(fir_piece)(const millrace_fir *fir) {
  (void)fir;
  return PIECE;
}

int64_t PUBLIC(fir_table_bytes)(const millrace_fir *fir) { return 64 + LINES(fir->taps); }

int64_t PUBLIC(fir_scratch_bytes)(const millrace_fir *fir) {
  int64_t piece = N(fir_piece)(fir);
  return 64 + LINES(fir->taps - 1 + piece + SLACK) + LINES(piece + SLACK);
}

void PUBLIC(fir_tables)(const millrace_fir *fir, const double *taps, void *tables) {
  REAL *reversed = (REAL *)N(aligned)(tables);
  for (int64_t k = 0; k < fir->taps; k++) reversed[k] = (REAL)taps[fir->taps - 1 - k];
}

void PUBLIC(fir)(const millrace_fir *fir, const SAMPLE *in, SAMPLE *out, int64_t frames, double *past,
                 void *scratch) {
  float_mode saved = flush_subnormals();
  const REAL *taps = (const REAL *)N(aligned)(fir->tables);
  int64_t piece = N(fir_piece)(fir);
  N(line) line = {(REAL *)N(aligned)(scratch), fir->taps - 1, (REAL)fir->load_gain};
  REAL *y = (REAL *)((char *)line.at + LINES(line.past + piece + SLACK));
  bool stream = fir->flags & MILLRACE_STREAM;
  N(line_open)(&line, past);
  for (int64_t at = 0; at < frames; at += piece) {
    int64_t count = frames - at < piece ? frames - at : piece;
    N(line_fill)(&line, (const SAMPLE *)((const SAMPLE_any *)in + at), count);
    N(sum_direct)(taps, fir->taps, line.at, y, count);
    N(line_write)(y, (REAL)fir->store_gain, (SAMPLE *)((SAMPLE_any *)out + at), count, stream);
    N(line_move)(&line, count);
  }
  N(line_close)(&line, past);
  if (stream) stream_end();
  restore_mode(saved);
}

#undef TILE
#undef TERMS
#undef PIECE
#undef SLACK
#undef LINES
