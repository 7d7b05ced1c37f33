/*
 * A finite impulse response along a line of reals, in one format: term by term (direct.h) or by overlap-save, that is
 * circular convolutions of which the outputs that the block's start does not reach are kept (A. V. Oppenheim and R. W.
 * Schafer, Discrete-Time Signal Processing, 3rd ed., section 8.7.3).
 */

/* Frames of a piece that is summed term by term: input and output stay in a 32 KiB first-level cache. */
#define PIECE 1024

/*
 * Terms that take as long as the transform of one real, for pieces shorter than the transform asks for: with 39 taps
 * both ways are about equally fast (see CROSSOVER in NativeFirKernel.java).
 */
#define TERMS_PER_REAL 40

#define LINES(reals) (((reals) * (int64_t)sizeof(REAL) + 63) / 64 * 64)

/* What a run works with. */
typedef struct {
  const millrace_fir *fir;
  const REAL *taps;   /* [taps], the last first */
  const REAL *tables; /* of each length, the shortest first */
  N(line) line;
  REAL *y;    /* outputs of a piece, or what is transformed */
  REAL *sums; /* outputs of several layers */
  int64_t piece;
} N(filter);

static char *N(aligned)(const void *memory) { return (char *)(((uintptr_t)memory + 63) & ~(uintptr_t)63); }

/* Reals of a line and of y, slack apart. */
static int64_t N(fir_reals)(const millrace_fir *fir) {
  return fir->longest > 0 ? fir->longest : fir->taps - 1 + PIECE;
}

/* The shortest transform that is worth its while. */
static int64_t N(fir_shortest)(const millrace_fir *fir) {
  int64_t length = 2 * BLOCK_SIZE;
  while (length < 2 * fir->taps && length < fir->longest) length *= 2;
  return length;
}

static N(filter) N(fir_open)(const millrace_fir *fir, void *scratch) {
  char *at = N(aligned)(scratch), *tables = N(aligned)(fir->tables);
  int64_t reals = N(fir_reals)(fir);
  return (N(filter)){
      .fir = fir,
      .taps = (const REAL *)tables,
      .tables = (const REAL *)(tables + LINES(fir->taps)),
      .line = {(REAL *)at, fir->taps - 1, (REAL)fir->load_gain},
      .y = (REAL *)(at + LINES(reals + SLACK)),
      .sums = (REAL *)(at + 2 * LINES(reals + SLACK)),
      .piece = (reals - (fir->taps - 1)) & -16, /* whole cache lines, so that output can stream */
  };
}

/* The transform of the least length that holds `reals`. */
static N(spectrum) N(fir_spectrum)(const N(filter) *f, int64_t reals) {
  const REAL *table = f->tables;
  int64_t length = N(fir_shortest)(f->fir);
  for (; length < reals; length *= 2) table += N(spectrum_reals)(length / 2);
  return N(spectrum_of)(length, table);
}

/*
 * Layers. The error of a transform is relative to its largest sample and is spread over all of its outputs, so that a
 * glitch of 1e20 would drown frames that the filter never brings it to. Samples that are LAYER_SPAN times as large as the
 * quietest of some neighbours go through a transform of their own, of which only the outputs that they reach are kept.
 * Signals that keep to 24 bits, in float32 arithmetic to 12, are one layer: outputs that only the quietest reach are then
 * off by less than 2^-28 of it, and 2^-11.
 */
#define LAYER_SPAN (sizeof(REAL) == 4 ? (REAL)0x1p12 : (REAL)0x1p24)
#define LARGEST_REAL (sizeof(REAL) == 4 ? (REAL)0x1.fffffep127 : (REAL)0x1.fffffffffffffp1023)

/* The neighbours: magnitudes of LAYER_ROWS samples are added, LAYER_LANES apart, in LAYER_LANES lanes side by side. */
#define LAYER_LANES 16
#define LAYER_ROWS 4

/* Whether a whole number of LAYER_LANES LAYER_ROWS reals are one layer, and all finite. */
static bool N(single_layer)(const REAL *x, int64_t reals) {
  REAL quietest[LAYER_LANES], loudest[LAYER_LANES], odd[LAYER_LANES], all = 0, low = LARGEST_REAL, high = 0;
  for (int j = 0; j < LAYER_LANES; j++) {
    quietest[j] = LARGEST_REAL;
    loudest[j] = odd[j] = 0;
  }
  for (int64_t i = 0; i < reals; i += LAYER_LANES * LAYER_ROWS) {
    for (int j = 0; j < LAYER_LANES; j++) {
      REAL sum = 0;
      UNROLL for (int row = 0; row < LAYER_ROWS; row++) {
        REAL v = x[i + row * LAYER_LANES + j];
        sum += (REAL)__builtin_fabs(v);
      }
      odd[j] += sum - sum; /* 0, or not a number */
      loudest[j] = sum > loudest[j] ? sum : loudest[j];
      REAL heard = sum > 0 ? sum : LARGEST_REAL;
      quietest[j] = heard < quietest[j] ? heard : quietest[j];
    }
  }
  for (int j = 0; j < LAYER_LANES; j++) {
    all += odd[j];
    low = quietest[j] < low ? quietest[j] : low;
    high = loudest[j] > high ? loudest[j] : high;
  }
  return all == 0 && high <= LAYER_SPAN * low;
}

INLINE bool N(layer_holds)(REAL x, REAL above, REAL limit) {
  REAL size = (REAL)__builtin_fabs(x);
  return size > above && size <= limit;
}

/* The largest magnitude of the layer after those up to `above`; 0 if no finite real is left. */
static REAL N(layer_limit)(const REAL *x, int64_t reals, REAL above) {
  REAL low = INFINITY;
  for (int64_t i = 0; i < reals; i += LAYER_LANES * LAYER_ROWS) {
    for (int j = 0; j < LAYER_LANES; j++) {
      REAL sum = 0;
      for (int row = 0; row < LAYER_ROWS; row++) {
        REAL v = x[i + row * LAYER_LANES + j];
        if (N(layer_holds)(v, above, LARGEST_REAL)) sum += (REAL)__builtin_fabs(v);
      }
      if (sum > LARGEST_REAL) sum = LARGEST_REAL;
      if (sum > 0 && sum < low) low = sum;
    }
  }
  if (low > LARGEST_REAL) return 0;
  return low < LARGEST_REAL / LAYER_SPAN ? LAYER_SPAN * low : LARGEST_REAL;
}

/*
 * The outputs of the line's piece, layer by layer; what is not finite makes outputs that are not numbers where it
 * reaches. False if a sum was too large.
 */
static bool N(fir_layers)(const N(filter) *f, const N(spectrum) *s, int64_t count) {
  const REAL *x = f->line.at;
  REAL *y = f->y, *sums = f->sums, above = 0, limit;
  int64_t past = f->line.past, reals = 2 * s->half, last;
  memset(sums, 0, (size_t)count * sizeof(REAL));
  for (; (limit = N(layer_limit)(x, reals, above)) > 0; above = limit) {
    for (int64_t i = 0; i < reals; i++) y[i] = N(layer_holds)(x[i], above, limit) ? x[i] : 0;
    N(convolve)(s, y, y);
    if (y[past] - y[past] != 0) return false;
    last = -1;
    for (int64_t i = 0; i < past + count; i++) {
      if (N(layer_holds)(x[i], above, limit)) last = i;
      if (i >= past && last >= i - past) sums[i - past] += y[i];
    }
  }
  last = -1;
  for (int64_t i = 0; i < past + count; i++) {
    if (x[i] - x[i] != 0) last = i;
    if (i >= past && last >= i - past) sums[i - past] = (REAL)NAN;
  }
  return true;
}

/* Outputs for the line's piece of `count` frames; returns where they lie. */
static const REAL *N(fir_piece)(const N(filter) *f, int64_t count) {
  int64_t taps = f->fir->taps, past = f->line.past;
  if (f->fir->longest > 0) {
    N(spectrum) s = N(fir_spectrum)(f, past + count);
    int64_t length = 2 * s.half;
    bool full = count == f->piece;
    if (full || (double)count * (double)taps >= (double)TERMS_PER_REAL * (double)length) {
      memset(f->line.at + past + count, 0, (size_t)(length - past - count) * sizeof(REAL));
      if (N(single_layer)(f->line.at, length)) {
        N(convolve)(&s, f->line.at, f->y);
        /* a sum that is too large reaches every value of the spectrum, and so every output */
        REAL any = f->y[past];
        if (any - any == 0) return f->y + past;
      } else if (N(fir_layers)(f, &s, count)) {
        return f->sums;
      }
    }
  }
  N(sum_direct)(f->taps, taps, f->line.at, f->y, count);
  return f->y;
}

int64_t PUBLIC(fir_table_bytes)(const millrace_fir *fir) {
  int64_t bytes = 64 + LINES(fir->taps);
  for (int64_t length = N(fir_shortest)(fir); length <= fir->longest; length *= 2) {
    bytes += N(spectrum_reals)(length / 2) * (int64_t)sizeof(REAL);
  }
  return bytes;
}

int64_t PUBLIC(fir_scratch_bytes)(const millrace_fir *fir) {
  return 64 + (fir->longest > 0 ? 3 : 2) * LINES(N(fir_reals)(fir) + SLACK);
}

void PUBLIC(fir_tables)(const millrace_fir *fir, const double *taps, void *tables, void *scratch) {
  float_mode saved = flush_subnormals();
  REAL *to = (REAL *)N(aligned)(tables);
  for (int64_t k = 0; k < fir->taps; k++) to[k] = (REAL)taps[fir->taps - 1 - k];
  to = (REAL *)((char *)to + LINES(fir->taps));
  for (int64_t length = N(fir_shortest)(fir); length <= fir->longest; length *= 2) {
    N(spectrum_fill)(length, taps, fir->taps, to, (double *)N(aligned)(scratch));
    to += N(spectrum_reals)(length / 2);
  }
  restore_mode(saved);
}

void PUBLIC(fir)(const millrace_fir *fir, const SAMPLE *in, SAMPLE *out, int64_t frames, double *past,
                 void *scratch) {
  float_mode saved = flush_subnormals();
  N(filter) f = N(fir_open)(fir, scratch);
  bool stream = fir->flags & MILLRACE_STREAM;
  N(line_open)(&f.line, past);
  for (int64_t at = 0; at < frames; at += f.piece) {
    int64_t count = frames - at < f.piece ? frames - at : f.piece;
    N(line_fill)(&f.line, (const SAMPLE *)((const SAMPLE_any *)in + at), count);
    int64_t left = frames - at - count;
    N(line_ahead)((const SAMPLE *)((const SAMPLE_any *)in + at + count), left < f.piece ? left : f.piece);
    const REAL *y = N(fir_piece)(&f, count);
    N(line_write)(y, (REAL)fir->store_gain, (SAMPLE *)((SAMPLE_any *)out + at), count, stream);
    N(line_move)(&f.line, count);
  }
  N(line_close)(&f.line, past);
  if (stream) stream_end();
  restore_mode(saved);
}

#undef LAYER_SPAN
#undef LARGEST_REAL
#undef LAYER_LANES
#undef LAYER_ROWS
#undef SUMS
#undef SLACK
#undef PIECE
#undef TERMS_PER_REAL
#undef LINES
#undef LEAF
#undef BLOCK_SIZE
#undef NODE_TABLE
#undef NODES_OF_BLOCK
#undef BLOCK_TABLE
