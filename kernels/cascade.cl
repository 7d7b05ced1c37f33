/* A cascade of second-order sections in transposed direct form II.
 *
 * Constants: BANK sections are run at a time, BANKS times over a tile held on chip, so that a cascade of any length is
 * one pass over memory; a cascade is filled up with sections that pass everything. A tile is FRAMES consecutive frames
 * for each of SEGMENTS neighbours, LANES of them an item; LEVELS is the binary logarithm of SEGMENTS.
 *
 * Tables: coefficients are a gain on load, one on store, and b0 b1 b2 -a1 -a2 of each section; response is, bank by
 * bank, H[t] = C A^t for FRAMES frames; powers are, bank by bank, A to the FRAMES, 2 FRAMES, 4 FRAMES, ..., TILE.
 *
 * State: [sections][2][channels, in whole groups]. Between the segments of one channel only the state is scanned, by
 * constant powers of A. */
#include "dialect.h"

#define ORDER (2 * BANK)
#define STATES (ORDER * BANKS)
#define SEGMENTS (ITEMS * LANES)
#define SEGMENT (ITEM * LANES)
#define TILE (FRAMES * SEGMENTS)
#define ROW (SEGMENTS + (LANES == 1)) /* with lanes for items, both ways through the tile meet every memory bank */
#define PAST (SEGMENTS / 2)           /* silence before the first segment, then what the tile begins with */
#define ENDS (PAST + SEGMENTS)
#define GAINS 2

typedef struct {
  GLOBAL const REAL *coefficients;
  GLOBAL const REAL *response;
  GLOBAL const STATE *powers;
  GLOBAL const STATE *exact; /* coefficients as STATE */
} tables;

typedef struct {
  LOCAL REAL *tile;   /* [FRAMES][ROW] */
  LOCAL STATE *ends;  /* [2][ORDER][ENDS] */
  LOCAL STATE *carry; /* [STATES], before the tile */
  LOCAL REAL *tail;   /* [FRAMES] */
} chip;

#define CHIP                                      \
  LOCAL_ARRAY(REAL, tile, FRAMES *ROW);           \
  LOCAL_ARRAY(STATE, ends, 2 * ORDER * ENDS);     \
  LOCAL_ARRAY(STATE, carry, STATES);              \
  LOCAL_ARRAY(REAL, tail, FRAMES);                \
  chip on = {tile, ends, carry, tail};            \
  for (int i = ITEM; i < 2 * ORDER * ENDS; i += ITEMS) ends[i] = 0

/* Runs a bank over frames of the tile from the state u, v. */
FUNCTION void filter_frames(GLOBAL const REAL *c, LOCAL REAL *tile, reals *u, reals *v) {
  for (int t = 0; t < FRAMES; t++) {
    reals x = LOAD(tile + t * ROW + SEGMENT);
    UNROLL for (int k = 0; k < BANK; k++) {
      reals y = c[5 * k] * x + u[k];
      u[k] = c[5 * k + 1] * x + (c[5 * k + 3] * y + v[k]);
      v[k] = c[5 * k + 2] * x + c[5 * k + 4] * y;
      x = y;
    }
    STORE(x, tile + t * ROW + SEGMENT);
  }
}

/* Makes of the states in which segments end from silence those in which they end after all before them, in the half of
 * `ends` that is returned; the last of them lacks what came before the tile, which lies one segment too far back. */
FUNCTION LOCAL STATE *scan_states(GLOBAL const STATE *power, chip on, states *end) {
  LOCAL STATE *ends = on.ends;
  for (int level = 0; level < LEVELS; level++) {
    UNROLL for (int r = 0; r < ORDER; r++) STORE(end[r], ends + r * ENDS + PAST + SEGMENT);
    BARRIER;
    LOCAL const STATE *before = ends + PAST + SEGMENT - (1 << level);
    UNROLL for (int c = 0; c < ORDER; c++) { /* a section sees those before it alone */
      states s = LOAD(before + c * ENDS);
      UNROLL for (int r = c & ~1; r < ORDER; r++) end[r] += power[r * ORDER + c] * s;
    }
    power += ORDER * ORDER;
    ends = on.ends + (level + 1) % 2 * ORDER * ENDS;
  }
  UNROLL for (int r = 0; r < ORDER; r++) STORE(end[r], ends + r * ENDS + PAST + SEGMENT);
  BARRIER;
  return ends;
}

/* Adds to frames of the tile what the state in which they begin makes of them. */
FUNCTION void add_response(GLOBAL const REAL *h, LOCAL REAL *tile, const reals *begin) {
  for (int t = 0; t < FRAMES; t++) {
    reals y = LOAD(tile + t * ROW + SEGMENT);
    UNROLL for (int r = 0; r < ORDER; r++) y += h[t * ORDER + r] * begin[r];
    STORE(y, tile + t * ROW + SEGMENT);
  }
}

/* The state after some frames of the tail, from the state s. */
FUNCTION void filter_tail(GLOBAL const STATE *c, LOCAL const REAL *tail, int frames, STATE *s) {
  for (int t = 0; t < frames; t++) {
    STATE x = tail[t];
    UNROLL for (int k = 0; k < BANK; k++) {
      STATE y = c[5 * k] * x + s[2 * k];
      s[2 * k] = c[5 * k + 1] * x + (c[5 * k + 3] * y + s[2 * k + 1]);
      s[2 * k + 1] = c[5 * k + 2] * x + c[5 * k + 4] * y;
      x = y;
    }
  }
}

/* The state in which the tile ends. */
FUNCTION void keep_carry(tables given, chip on, int bank, int frames, LOCAL const STATE *ends) {
  LOCAL STATE *carry = on.carry + bank * ORDER;
  GLOBAL const STATE *power = given.powers + (bank * (LEVELS + 1) + LEVELS) * ORDER * ORDER;
  int last = (frames - 1) / FRAMES, whole = frames == TILE;
  STATE s[ORDER];
  UNROLL for (int r = 0; r < ORDER; r++) s[r] = ends[r * ENDS + PAST + last - !whole];
  if (whole) {
    UNROLL for (int r = 0; r < ORDER; r++) {
      UNROLL for (int c = 0; c <= (r | 1); c++) s[r] += power[r * ORDER + c] * carry[c];
    }
  } else {
    filter_tail(given.exact + GAINS + 5 * BANK * bank, on.tail, frames - last * FRAMES, s);
  }
  UNROLL for (int r = 0; r < ORDER; r++) carry[r] = fabs(s[r]) < SILENCE ? 0 : s[r];
}

FUNCTION void filter_bank(tables given, chip on, int bank, int frames, int keeps_output) {
  LOCAL const STATE *carry = on.carry + bank * ORDER;
  reals u[BANK], v[BANK], begin[ORDER];
  states end[ORDER];
  if (frames < TILE) { /* the segment in which the signal ends, before it is overwritten */
    for (int t = ITEM; t < FRAMES; t += ITEMS) on.tail[t] = on.tile[t * ROW + (frames - 1) / FRAMES];
    BARRIER;
  }
  if (ITEM == 0) {
    UNROLL for (int i = 0; i < 2 * ORDER; i++) on.ends[i * ENDS + PAST - 1] = carry[i % ORDER];
  }
  BARRIER; /* without it PoCL 3.1 loses what was just written, where BANK is 1 */
  UNROLL for (int k = 0; k < BANK; k++) u[k] = v[k] = (reals)(0);
  filter_frames(given.coefficients + GAINS + 5 * BANK * bank, on.tile, u, v);
  UNROLL for (int k = 0; k < BANK; k++) {
    end[2 * k] = TO_STATES(u[k]);
    end[2 * k + 1] = TO_STATES(v[k]);
  }
  LOCAL const STATE *ends = scan_states(given.powers + bank * (LEVELS + 1) * ORDER * ORDER, on, end);
  if (keeps_output) {
    UNROLL for (int r = 0; r < ORDER; r++) begin[r] = TO_REALS(LOAD(ends + r * ENDS + PAST + SEGMENT - 1));
    add_response(given.response + bank * FRAMES * ORDER, on.tile, begin);
  }
  if (ITEM == 0) keep_carry(given, on, bank, frames, ends);
  BARRIER;
}

/* Runs the cascade over a tile of which this many frames are real. */
FUNCTION void filter_tile(tables given, chip on, int frames, int keeps_output) {
  BARRIER;
  for (int bank = 0; bank < BANKS; bank++) {
    filter_bank(given, on, bank, frames, keeps_output || bank < BANKS - 1);
  }
}

FUNCTION void load_tile(GLOBAL const SAMPLE *in, int frames, REAL gain, LOCAL REAL *tile) {
  for (int i = ITEM; i < TILE; i += ITEMS) {
    tile[(i % FRAMES) * ROW + i / FRAMES] = i < frames ? gain * (REAL)in[i] : 0;
  }
}

FUNCTION void store_tile(GLOBAL SAMPLE *out, int frames, REAL gain, LOCAL const REAL *tile) {
  for (int i = ITEM; i < frames; i += ITEMS) out[i] = (SAMPLE)(gain * tile[(i % FRAMES) * ROW + i / FRAMES]);
}

/* Filters every run of every channel from where it starts to where it stops, and leaves the output, or only the states
 * if `writes` is 0. Starts and stops are [channels][runs][sections][2]. A work-group is a run.
 *
 * One kernel serves three ends, because a compiler takes a second or more for it: all runs from their starts; the ends
 * of runs, to start those after them (`skip` frames are left out, and silence is the start); and, with one run a
 * channel and the strides of the state, a whole block. */
KERNEL void cascade_runs(GLOBAL const SAMPLE *in, integer in_at, integer in_stride, GLOBAL SAMPLE *out, integer out_at,
                         integer out_stride, integer all, integer runs, integer run_frames, integer skip,
                         integer writes, GLOBAL const REAL *coefficients, GLOBAL const REAL *response,
                         GLOBAL const STATE *powers, GLOBAL const STATE *exact, GLOBAL const STATE *starts,
                         GLOBAL STATE *stops, integer state_stride, integer group_stride) {
  CHIP;
  tables given = {coefficients, response, powers, exact};
  integer channel = BLOCK / runs, first = BLOCK % runs * run_frames;
  integer count = least(run_frames, all - first);
  if (!writes && BLOCK % runs == runs - 1) return; /* nothing starts after the last run */
  starts += BLOCK * group_stride;
  stops += BLOCK * group_stride;
  for (int r = ITEM; r < STATES; r += ITEMS) carry[r] = writes ? starts[r * state_stride] : 0;
  in += in_at + channel * in_stride + first;
  out += out_at + channel * out_stride + first;
  for (integer at = skip; at < count; at += TILE) {
    int frames = (int)least(TILE, count - at);
    load_tile(in + at, frames, coefficients[0], tile);
    filter_tile(given, on, frames, (int)writes);
    if (writes) store_tile(out + at, frames, coefficients[1], tile);
    BARRIER;
  }
  for (int r = ITEM; r < STATES; r += ITEMS) stops[r * state_stride] = carry[r];
}

/* The states in which the runs of a channel start, from those in which they stop from silence: the first from the
 * state, and where the power of A to the run's length is given, with what came before. A work-group is a channel. */
KERNEL void cascade_start(integer runs, integer scans, GLOBAL const STATE *run_power, GLOBAL const STATE *state,
                          integer state_stride, GLOBAL const STATE *stops, GLOBAL STATE *starts) {
  LOCAL_ARRAY(STATE, before, STATES);
  LOCAL_ARRAY(STATE, after, STATES);
  stops += BLOCK * runs * STATES;
  starts += BLOCK * runs * STATES;
  if (!scans) {
    for (integer i = ITEM; i < runs * STATES; i += ITEMS) {
      starts[i] = i < STATES ? state[i * state_stride + BLOCK] : stops[i - STATES];
    }
    return;
  }
  for (int r = ITEM; r < STATES; r += ITEMS) starts[r] = before[r] = state[r * state_stride + BLOCK];
  for (integer run = 1; run < runs; run++) {
    BARRIER;
    for (int r = ITEM; r < STATES; r += ITEMS) {
      STATE sum = stops[(run - 1) * STATES + r];
      for (int c = 0; c <= (r | 1); c++) sum += run_power[r * STATES + c] * before[c];
      starts[run * STATES + r] = after[r] = sum;
    }
    BARRIER;
    for (int r = ITEM; r < STATES; r += ITEMS) before[r] = after[r];
  }
}

/* Keeps the state after the last run. A run that ended in what is not finite has spoilt all after it, although their
 * starts were cut off before: they become NaN. A work-group is a run. */
KERNEL void cascade_finish(GLOBAL SAMPLE *out, integer out_at, integer out_stride, integer all, integer runs,
                           integer run_frames, GLOBAL const STATE *stops, GLOBAL STATE *state, integer state_stride) {
  integer channel = BLOCK / runs, run = BLOCK % runs;
  GLOBAL const STATE *stop = stops + channel * runs * STATES;
  LOCAL_ARRAY(int, bad, ITEMS);
  int mine = 0, spoilt = 0;
  for (integer i = ITEM; i < run * STATES; i += ITEMS) mine |= !(stop[i] - stop[i] == 0);
  bad[ITEM] = mine;
  BARRIER;
  for (int i = 0; i < ITEMS; i++) spoilt |= bad[i];
  integer end = least(all, (run + 1) * run_frames);
  out += out_at + channel * out_stride;
  if (spoilt) {
    for (integer i = run * run_frames + ITEM; i < end; i += ITEMS) out[i] = NOT_A_NUMBER;
  }
  if (run == runs - 1) {
    for (int r = ITEM; r < STATES; r += ITEMS) {
      state[r * state_stride + channel] = spoilt ? NOT_A_NUMBER : stop[run * STATES + r];
    }
  }
}

/* Filters frame after frame, in the arithmetic of the state: a segment of the tile is a channel. */
KERNEL void cascade_channels(GLOBAL const SAMPLE *in, integer in_at, integer in_stride, GLOBAL SAMPLE *out,
                             integer out_at, integer out_stride, integer all, integer channels,
                             GLOBAL const STATE *coefficients, GLOBAL STATE *state, integer state_stride) {
  LOCAL_ARRAY(STATE, tile, FRAMES *ROW);
  integer first = BLOCK * SEGMENTS;
  int rows = (int)least(SEGMENTS, channels - first);
  in += in_at + first * in_stride;
  out += out_at + first * out_stride;
  state += first + SEGMENT;
  for (int i = ITEM; i < FRAMES * ROW; i += ITEMS) tile[i] = 0;
  BARRIER;
  for (integer at = 0; at < all; at += FRAMES) {
    int frames = (int)least(FRAMES, all - at);
    for (int i = ITEM; i < rows * FRAMES; i += ITEMS) {
      int t = i % FRAMES, c = i / FRAMES;
      if (t < frames) tile[t * ROW + c] = coefficients[0] * (STATE)in[c * in_stride + at + t];
    }
    BARRIER;
    for (int bank = 0; bank < BANKS && SEGMENT < rows; bank++) {
      GLOBAL const STATE *c = coefficients + GAINS + 5 * BANK * bank;
      GLOBAL STATE *s = state + bank * ORDER * state_stride;
      states u[BANK], v[BANK];
      UNROLL for (int k = 0; k < BANK; k++) {
        u[k] = LOAD(s + 2 * k * state_stride);
        v[k] = LOAD(s + (2 * k + 1) * state_stride);
      }
      for (int t = 0; t < frames; t++) {
        states x = LOAD(tile + t * ROW + SEGMENT);
        UNROLL for (int k = 0; k < BANK; k++) {
          states y = c[5 * k] * x + u[k];
          u[k] = c[5 * k + 1] * x + (c[5 * k + 3] * y + v[k]);
          v[k] = c[5 * k + 2] * x + c[5 * k + 4] * y;
          x = y;
        }
        STORE(x, tile + t * ROW + SEGMENT);
      }
      UNROLL for (int k = 0; k < BANK; k++) {
        STORE(QUIET(u[k]), s + 2 * k * state_stride);
        STORE(QUIET(v[k]), s + (2 * k + 1) * state_stride);
      }
    }
    BARRIER;
    for (int i = ITEM; i < rows * FRAMES; i += ITEMS) {
      int t = i % FRAMES, c = i / FRAMES;
      if (t < frames) out[c * out_stride + at + t] = (SAMPLE)(coefficients[1] * tile[t * ROW + c]);
    }
    BARRIER;
  }
}
