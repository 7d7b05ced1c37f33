/*
 * A rational resampler in one format: which outputs are summed side by side, and how a stream goes through in pieces.
 */

INLINE void N(put)(SAMPLE *out, const SAMPLE *sums, int64_t count) {
  SAMPLE_any *to = (SAMPLE_any *)out;
  if (count == SHARED) {
    UNROLL for (int i = 0; i < SHARED; i++) to[i] = sums[i];
  } else {
    for (int64_t i = 0; i < count; i++) to[i] = sums[i];
  }
}

/* One group in one period; of its outputs `count` from `from` on are wanted. */
static void N(single)(N(polyphase) *p, int64_t g, const REAL *x, SAMPLE *out, int64_t from, int64_t count) {
  SAMPLE sums[SUMS_ROOM];
  N(tile_at) t = N(group_at)(p, g, x);
  if (p->period.group == SHARED) {
    N(sum_windows)(p, t, SHARED, 1, sums);
  } else {
    N(sum_windows)(p, t, 1, 1, sums);
  }
  N(put)(out, sums + from, count);
}

/* One group in ROWS periods or more; the last tile may do some of them again. */
INLINE void N(periods)(N(polyphase) *p, int64_t g, const REAL *x, SAMPLE *out, int64_t periods, const int group) {
  SAMPLE sums[SUMS_ROOM];
  const millrace_period *period = &p->period;
  N(tile_at) t = N(group_at)(p, g, x);
  int64_t left = period->outputs - g * group;
  int64_t count = left < group ? left : group;
  for (int64_t done = 0; done < periods; done += ROWS) {
    int64_t at = done < periods - ROWS ? done : periods - ROWS;
    t.x = x + at * period->inputs;
    N(sum_windows)(p, t, group, ROWS, sums);
    UNROLL for (int r = 0; r < ROWS; r++) {
      N(put)(out + (at + r) * period->outputs, sums + r * group, count);
    }
  }
}

/* A block of `slots` groups from the beginning of group g on, the same group of all periods after one another. */
static __attribute__((noinline)) void N(block)(N(polyphase) *p, int64_t g, int64_t slots, int64_t at, SAMPLE *out) {
  const millrace_period *period = &p->period;
  for (int64_t j = 0; j < period->groups && j < slots; j++) {
    int64_t turn = (g + j) / period->groups, now = (g + j) % period->groups;
    int64_t periods = (slots - j + period->groups - 1) / period->groups;
    int64_t n = now * period->group;
    const REAL *x = p->line + at + turn * period->inputs + window_at(p->plan, n);
    SAMPLE *to = out + turn * period->outputs + n - g * period->group;
    if (periods >= ROWS && period->group == SHARED) {
      N(periods)(p, now, x, to, periods, SHARED);
    } else if (periods >= ROWS) {
      N(periods)(p, now, x, to, periods, 1);
    } else {
      int64_t left = period->outputs - n;
      for (int64_t i = 0; i < periods; i++) {
        N(single)(p, now, x + i * period->inputs, to + i * period->outputs, 0, left < period->group ? left : period->group);
      }
    }
  }
}

/* Where a sum is not finite, what made it so may lie outside of the output's own window, where its taps are 0. */
static void N(repair)(const N(polyphase) *p, int64_t first, SAMPLE *out, int64_t frames) {
  const millrace_period *period = &p->period;
  int64_t begin = window_at(p->plan, first);
  for (int64_t k = 0; k < frames; k++) {
    SAMPLE_any *y = (SAMPLE_any *)out + k;
    if (*y - *y == 0) continue;
    int64_t at = (first + k) / period->outputs * period->inputs - begin;
    *y = N(alone)(p, at, (first + k) % period->outputs);
  }
}

/* Outputs first, first + 1, ... of a period, `frames` of them; the window of the first begins at p->line. */
static void N(resample_line)(N(polyphase) *p, int64_t first, SAMPLE *out, int64_t frames) {
  const millrace_period *period = &p->period;
  int64_t n = first, done = 0;
  int64_t at = -window_at(p->plan, first); /* where the period of output n begins on the line */
  while (done < frames) {
    int64_t g = n / period->group, from = n % period->group;
    int64_t most = MOST_PERIODS * period->outputs;
    int64_t end = n + (frames - done < most ? frames - done : most);
    int64_t slots = end / period->outputs * period->groups + end % period->outputs / period->group - g;
    int64_t next;
    if (from == 0 && slots > 0) {
      N(block)(p, g, slots, at, out + done);
      next = (g + slots) / period->groups * period->outputs + (g + slots) % period->groups * period->group;
    } else {
      next = g * period->group + period->group;
      if (next > period->outputs) next = period->outputs;
      if (next > end) next = end;
      N(single)(p, g, p->line + at + window_at(p->plan, g * period->group), out + done, from, next - n);
    }
    done += next - n;
    at += next / period->outputs * period->inputs;
    n = next % period->outputs;
  }
  REAL sum = 0;
  for (int i = 0; i < LANES; i++) sum += p->suspicion[i];
  if (sum != 0) N(repair)(p, first, out, frames);
}

/* Frames of a piece: whole blocks, and as many as a piece moves along the line. */
static int64_t N(resample_piece)(const millrace_resampler *plan) {
  int64_t piece = MOST_PERIODS * period_of(plan).inputs;
  if (piece > MOST_PIECE) piece = MOST_PIECE;
  if (piece < LEAST_PIECE) piece = LEAST_PIECE;
  return piece < plan->width ? plan->width : piece;
}

/* Frames that are read before the past and after the piece, weighed by zeros. */
static int64_t N(resample_margin)(const millrace_resampler *plan) { return period_of(plan).spread + FLOATS; }

static int64_t N(resample_frames)(const millrace_resampler *plan) {
  return plan->width - 1 + N(resample_piece)(plan) + 2 * N(resample_margin)(plan);
}

int64_t PUBLIC(resample_scratch_bytes)(const millrace_resampler *plan) {
  int64_t narrow = FORMAT_NUMBER == FORMAT_f32 ? sizeof(float) : 0;
  return N(resample_frames)(plan) * ((int64_t)sizeof(REAL) + narrow) + 64;
}

#if FORMAT_NUMBER == FORMAT_f32
static void N(narrow_line)(const REAL *from, float *to, int64_t count) {
  for (int64_t i = 0; i < count; i++) to[i] = (float)from[i];
}
#endif

int64_t PUBLIC(resample)(const millrace_resampler *plan, const SAMPLE *in, int64_t frames, SAMPLE *out,
                         const millrace_outputs *wanted, void *scratch) {
  float_mode saved = flush_subnormals();
  N(polyphase) p = N(polyphase_of)(plan);
  int64_t piece = N(resample_piece)(plan), margin = N(resample_margin)(plan);
  REAL *start = (REAL *)(((uintptr_t)scratch + 63) & ~(uintptr_t)63);
  float *narrow = (float *)(start + N(resample_frames)(plan)) + margin;
  N(line) line = {start + margin, plan->width - 1, (REAL)plan->load_gain};
  N(line_open)(&line, wanted->past);
  int64_t n = wanted->index % p.period.outputs, ahead = wanted->ahead, written = 0, count;
  for (int64_t done = 0; done < frames; done += count) {
    count = frames - done < piece ? frames - done : piece;
    if (in) {
      N(line_fill)(&line, (const SAMPLE *)((const SAMPLE_any *)in + done), count);
    } else {
      memset(line.at + line.past, 0, (size_t)count * sizeof(REAL));
    }
#if FORMAT_NUMBER == FORMAT_f32
    if (p.split.before + p.split.after > 0) N(narrow_line)(line.at, narrow, line.past + count);
#endif
    int64_t made = windows_within(plan, n, count - 1 - ahead);
    if (made > wanted->most - written) made = wanted->most - written;
    if (made > 0) {
      p.line = line.at + ahead;
      p.narrow = narrow + ahead;
      N(resample_line)(&p, n, (SAMPLE *)((SAMPLE_any *)out + written), made);
      ahead += window_at(plan, n + made) - window_at(plan, n);
      n = (n + made) % p.period.outputs;
      written += made;
    }
    ahead -= count;
    N(line_move)(&line, count);
  }
  if (in) N(line_close)(&line, wanted->past);
  restore_mode(saved);
  return written;
}

#undef SUMS
#undef SUMS_ROOM
#undef FLAT_LEVELS
