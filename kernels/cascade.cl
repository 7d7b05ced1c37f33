/* A cascade of second-order sections in transposed direct form II.
 *
 * Constants: BANK sections are run at a time, BANKS times over a tile held on chip, so that a cascade of any length is
 * one pass over memory; a cascade is filled up with sections that pass everything. An item has FRAMES consecutive
 * frames of a tile of one channel; LEVELS is the binary logarithm of ITEMS.
 *
 * Tables: coefficients are a gain on load, one on store, and b0 b1 b2 -a1 -a2 of each section; response is, bank by
 * bank, H[t] = C A^t for FRAMES frames; powers are, bank by bank, A to the FRAMES, 2 FRAMES, 4 FRAMES, ...
 *
 * State: [channels][sections][2]. Between frames of one channel only the state is scanned, by constant powers of A. */
#include "dialect.h"


#define ORDER (2 * BANK)
#define STATES (ORDER * BANKS)
#define TILE (FRAMES * ITEMS)
#define ROW (ITEMS + 1) /* frame t of item i is at t ROW + i: both ways through the tile meet every memory bank */
#define GAINS 2

typedef struct {
  GLOBAL const REAL *coefficients;
  GLOBAL const REAL *response;
  GLOBAL const STATE *powers;
  GLOBAL const STATE *exact; /* coefficients as STATE */
} tables;

typedef struct {
  LOCAL REAL *tile;   /* FRAMES ROW */
  LOCAL STATE *ends;  /* 2 ORDER ITEMS */
  LOCAL STATE *carry; /* STATES: before the tile */
} chip;

/* Runs one bank over this item's frames of the tile from silence; leaves the state in which it ends. */
FUNCTION void filter_frames(tables given, chip on, int bank, int frames, STATE *end) {
  GLOBAL const REAL *c = given.coefficients + GAINS + 5 * BANK * bank;
  REAL u[BANK], v[BANK];
  UNROLL for (int k = 0; k < BANK; k++) u[k] = v[k] = 0;
  for (int t = 0; t < frames; t++) {
    REAL x = on.tile[t * ROW + ITEM];
    UNROLL for (int k = 0; k < BANK; k++) {
      REAL y = c[5 * k] * x + u[k];
      u[k] = c[5 * k + 1] * x + (c[5 * k + 3] * y + v[k]);
      v[k] = c[5 * k + 2] * x + c[5 * k + 4] * y;
      x = y;
    }
    on.tile[t * ROW + ITEM] = x;
  }
  UNROLL for (int k = 0; k < BANK; k++) {
    end[2 * k] = u[k];
    end[2 * k + 1] = v[k];
  }
}

/* Carries a state over some frames of silence. */
FUNCTION void rest(tables given, int bank, int frames, STATE *s) {
  GLOBAL const STATE *c = given.exact + GAINS + 5 * BANK * bank;
  for (int t = 0; t < frames; t++) {
    STATE x = 0;
    UNROLL for (int k = 0; k < BANK; k++) {
      STATE y = c[5 * k] * x + s[2 * k];
      s[2 * k] = c[5 * k + 1] * x + (c[5 * k + 3] * y + s[2 * k + 1]);
      s[2 * k + 1] = c[5 * k + 2] * x + c[5 * k + 4] * y;
      x = y;
    }
  }
}

/* to += matrix from, where a section sees those before it alone. */
FUNCTION void add_product(GLOBAL const STATE *matrix, LOCAL const STATE *from, int step, STATE *to) {
  UNROLL for (int r = 0; r < ORDER; r++) {
    STATE sum = to[r];
    UNROLL for (int c = 0; c <= (r | 1); c++) sum += matrix[r * ORDER + c] * from[c * step];
    to[r] = sum;
  }
}

/* Turns the items' states from silence into the states in which they begin and, in `end`, end. */
FUNCTION void scan_states(tables given, chip on, int bank, STATE *begin, STATE *end) {
  GLOBAL const STATE *powers = given.powers + bank * LEVELS * ORDER * ORDER;
  LOCAL STATE *carry = on.carry + bank * ORDER;
  if (ITEM == 0) add_product(powers, carry, 1, end);
  for (int level = 0; level <= LEVELS; level++) {
    LOCAL STATE *ends = on.ends + (level & 1) * ORDER * ITEMS;
    UNROLL for (int r = 0; r < ORDER; r++) ends[r * ITEMS + ITEM] = end[r];
    BARRIER;
    int before = ITEM - (1 << level);
    if (level < LEVELS && before >= 0) {
      add_product(powers + level * ORDER * ORDER, ends + before, ITEMS, end);
    }
  }
  LOCAL const STATE *ends = on.ends + (LEVELS & 1) * ORDER * ITEMS;
  UNROLL for (int r = 0; r < ORDER; r++) begin[r] = ITEM == 0 ? carry[r] : ends[r * ITEMS + ITEM - 1];
  BARRIER;
}

/* Adds to this item's frames what the state in which they begin makes of them. */
FUNCTION void add_response(tables given, chip on, int bank, const STATE *begin) {
  GLOBAL const REAL *h = given.response + bank * FRAMES * ORDER;
  REAL s[ORDER];
  UNROLL for (int r = 0; r < ORDER; r++) s[r] = begin[r];
  for (int t = 0; t < FRAMES; t++) {
    REAL y = on.tile[t * ROW + ITEM];
    UNROLL for (int r = 0; r < ORDER; r++) y += h[t * ORDER + r] * s[r];
    on.tile[t * ROW + ITEM] = y;
  }
}

/* Keeps the state in which the tile ends, `frames` frames after its begin. */
FUNCTION void keep_carry(tables given, chip on, int bank, int frames, const STATE *begin, const STATE *end) {
  LOCAL STATE *carry = on.carry + bank * ORDER;
  int last = (frames - 1) / FRAMES;
  if (ITEM != last) return;
  STATE s[ORDER];
  if (frames < TILE) {
    UNROLL for (int r = 0; r < ORDER; r++) s[r] = begin[r];
    rest(given, bank, frames - last * FRAMES, s);
    UNROLL for (int r = 0; r < ORDER; r++) s[r] += end[r];
  } else {
    UNROLL for (int r = 0; r < ORDER; r++) s[r] = end[r];
  }
  UNROLL for (int r = 0; r < ORDER; r++) carry[r] = s[r] < SILENCE && s[r] > -SILENCE ? 0 : s[r];
}

/* Runs the cascade over a tile of which this many frames are real. */
FUNCTION void filter_tile(tables given, chip on, int frames, int keeps_output) {
  for (int bank = 0; bank < BANKS; bank++) {
    STATE begin[ORDER], end[ORDER], own[ORDER];
    if (frames < TILE) {
      int mine = frames - ITEM * FRAMES;
      filter_frames(given, on, bank, mine < 0 ? 0 : mine > FRAMES ? FRAMES : mine, end);
    } else {
      filter_frames(given, on, bank, FRAMES, end);
    }
    UNROLL for (int r = 0; r < ORDER; r++) own[r] = end[r];
    scan_states(given, on, bank, begin, end);
    keep_carry(given, on, bank, frames, begin, frames < TILE ? own : end);
    if (keeps_output || bank < BANKS - 1) add_response(given, on, bank, begin);
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

/* The states in which the runs of a channel begin, from silence `skip` frames into the run before: starts are
 * [channels][runs][sections][2]. A work-group is a run. */
KERNEL void cascade_reduce(GLOBAL const SAMPLE *in, integer in_at, integer in_stride, integer runs, integer run_frames,
                           integer skip, GLOBAL const REAL *coefficients, GLOBAL const REAL *response,
                           GLOBAL const STATE *powers, GLOBAL const STATE *exact, GLOBAL const STATE *state,
                           GLOBAL STATE *starts) {
  LOCAL_ARRAY(REAL, tile, FRAMES * ROW);
  LOCAL_ARRAY(STATE, ends, 2 * ORDER * ITEMS);
  LOCAL_ARRAY(STATE, carry, STATES);
  tables given = {coefficients, response, powers, exact};
  chip on = {tile, ends, carry};
  integer channel = BLOCK / runs, run = BLOCK % runs;
  if (run == runs - 1) { /* nothing follows the last run; it starts the first one */
    for (int r = ITEM; r < STATES; r += ITEMS) starts[channel * runs * STATES + r] = state[channel * STATES + r];
    return;
  }
  for (int r = ITEM; r < STATES; r += ITEMS) carry[r] = 0;
  in += in_at + channel * in_stride + run * run_frames;
  for (integer at = skip; at < run_frames; at += TILE) {
    int frames = (int)least(TILE, run_frames - at);
    load_tile(in + at, frames, coefficients[0], tile);
    BARRIER;
    filter_tile(given, on, frames, 0);
    BARRIER;
  }
  starts += (channel * runs + run + 1) * STATES;
  for (int r = ITEM; r < STATES; r += ITEMS) starts[r] = carry[r];
}

/* Where a run ends in what came before it too: adds A to the run_frames of each start to the next. A work-group is a
 * channel. */
KERNEL void cascade_scan(integer runs, GLOBAL const STATE *run_power, GLOBAL STATE *starts) {
  LOCAL_ARRAY(STATE, before, STATES);
  starts += BLOCK * runs * STATES;
  for (int r = ITEM; r < STATES; r += ITEMS) before[r] = starts[r];
  BARRIER;
  for (integer run = 1; run < runs; run++) {
    for (int r = ITEM; r < STATES; r += ITEMS) {
      STATE sum = starts[run * STATES + r];
      for (int c = 0; c <= (r | 1); c++) sum += run_power[r * STATES + c] * before[c];
      starts[run * STATES + r] = sum;
    }
    BARRIER;
    for (int r = ITEM; r < STATES; r += ITEMS) before[r] = starts[run * STATES + r];
    BARRIER;
  }
}

/* Filters every run of every channel, each from its own start. A work-group is a run. */
KERNEL void cascade_apply(GLOBAL const SAMPLE *in, integer in_at, integer in_stride, GLOBAL SAMPLE *out, integer out_at,
                          integer out_stride, integer all, integer runs, integer run_frames,
                          GLOBAL const REAL *coefficients, GLOBAL const REAL *response, GLOBAL const STATE *powers,
                          GLOBAL const STATE *exact, GLOBAL const STATE *starts, GLOBAL STATE *stops) {
  LOCAL_ARRAY(REAL, tile, FRAMES * ROW);
  LOCAL_ARRAY(STATE, ends, 2 * ORDER * ITEMS);
  LOCAL_ARRAY(STATE, carry, STATES);
  tables given = {coefficients, response, powers, exact};
  chip on = {tile, ends, carry};
  integer channel = BLOCK / runs, first = BLOCK % runs * run_frames;
  integer count = least(run_frames, all - first);
  for (int r = ITEM; r < STATES; r += ITEMS) carry[r] = starts[BLOCK * STATES + r];
  in += in_at + channel * in_stride + first;
  out += out_at + channel * out_stride + first;
  for (integer at = 0; at < count; at += TILE) {
    int frames = (int)least(TILE, count - at);
    load_tile(in + at, frames, coefficients[0], tile);
    BARRIER;
    filter_tile(given, on, frames, 1);
    BARRIER;
    store_tile(out + at, frames, coefficients[1], tile);
    BARRIER;
  }
  for (int r = ITEM; r < STATES; r += ITEMS) stops[BLOCK * STATES + r] = carry[r];
}

/* Keeps the state after the last run. A run that ended in what is not finite has spoilt all after it, although their
 * starts were cut off before: they become NaN. A work-group is a run. */
KERNEL void cascade_finish(GLOBAL SAMPLE *out, integer out_at, integer out_stride, integer all, integer runs,
                           integer run_frames, GLOBAL const STATE *stops, GLOBAL STATE *state) {
  integer channel = BLOCK / runs, run = BLOCK % runs;
  GLOBAL const STATE *stop = stops + channel * runs * STATES;
  int spoilt = 0;
  for (integer i = 0; i < run * STATES; i++) spoilt |= !(stop[i] - stop[i] == 0);
  integer end = least(all, (run + 1) * run_frames);
  out += out_at + channel * out_stride;
  if (spoilt) {
    for (integer i = run * run_frames + ITEM; i < end; i += ITEMS) out[i] = NOT_A_NUMBER;
  }
  if (run == runs - 1) {
    for (int r = ITEM; r < STATES; r += ITEMS) {
      state[channel * STATES + r] = spoilt ? NOT_A_NUMBER : stop[run * STATES + r];
    }
  }
}

/* Filters frame after frame, an item a channel, in the arithmetic of the state. */
KERNEL void cascade_channels(GLOBAL const SAMPLE *in, integer in_at, integer in_stride, GLOBAL SAMPLE *out,
                             integer out_at, integer out_stride, integer all, integer channels,
                             GLOBAL const STATE *coefficients, GLOBAL STATE *state) {
  LOCAL_ARRAY(STATE, tile, FRAMES * ROW);
  integer first = BLOCK * ITEMS;
  int rows = (int)least(ITEMS, channels - first);
  in += in_at + first * in_stride;
  out += out_at + first * out_stride;
  state += (first + ITEM) * STATES;
  for (integer at = 0; at < all; at += FRAMES) {
    int frames = (int)least(FRAMES, all - at);
    for (int i = ITEM; i < rows * FRAMES; i += ITEMS) {
      int t = i % FRAMES, c = i / FRAMES;
      if (t < frames) tile[t * ROW + c] = coefficients[0] * (STATE)in[c * in_stride + at + t];
    }
    BARRIER;
    for (int bank = 0; bank < BANKS && ITEM < rows; bank++) {
      GLOBAL const STATE *b = coefficients + GAINS + 5 * BANK * bank;
      STATE u[BANK], v[BANK];
      UNROLL for (int k = 0; k < BANK; k++) {
        u[k] = state[bank * ORDER + 2 * k];
        v[k] = state[bank * ORDER + 2 * k + 1];
      }
      for (int t = 0; t < frames; t++) {
        STATE x = tile[t * ROW + ITEM];
        UNROLL for (int k = 0; k < BANK; k++) {
          STATE y = b[5 * k] * x + u[k];
          u[k] = b[5 * k + 1] * x + (b[5 * k + 3] * y + v[k]);
          v[k] = b[5 * k + 2] * x + b[5 * k + 4] * y;
          x = y;
        }
        tile[t * ROW + ITEM] = x;
      }
      UNROLL for (int k = 0; k < BANK; k++) {
        state[bank * ORDER + 2 * k] = u[k] < SILENCE && u[k] > -SILENCE ? 0 : u[k];
        state[bank * ORDER + 2 * k + 1] = v[k] < SILENCE && v[k] > -SILENCE ? 0 : v[k];
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
