/*
 * Which taps of a resampler with float32 samples are summed in float32: those far from the centre, which carry little.
 *
 * Where all of them together have at most 1/256 of the energy of each phase, their sums in float32 are off by 3e-9 to 5e-9
 * of the output, rms, where one rounding of it to float32 is off by 2e-8 to 3e-8: noise, tones and an offset of 1,000 lose 1
 * to 3 % of exactness, and what lies in the stop band is below what the filter itself lets through of it.
 *
 * Vectors of float32 have twice the lanes: from 48 to 44.1 kHz 16 multiply-adds of a vector an output instead of 25 on
 * AVX-512, which made 205 instead of 149 million input frames a second, where float64 samples make 149 and float32
 * arithmetic 278; one multiply-add of 512 bits a clock allows 248, 159 and 305 (2-core EPYC Zen 4 VM, 3.65 GHz, 192 taps,
 * 2^16 frames, 2026-11-26).
 */
#ifndef MILLRACE_WINGS_H
#define MILLRACE_WINGS_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "lanes.h"
#include "millrace.h"
#include "period.h"

/* What the wings may have of a phase's energy. */
#define WINGS_SHARE (1.0 / 256)
/* Vectors of taps below which wings do not pay for the adding of their lanes. */
#define LEAST_WINGS 4
#define FLOATS ((int64_t)(VECTOR / sizeof(float)))
/* Bytes before the taps in a table, with the split. */
#define TABLE_HEAD 64

/* Gains up to this, and down to its inverse, leave float32 room for taps and samples. */
#define MOST_GAIN 0x1p40

/* A window's taps: `before` vectors of floats, `steps` vectors of reals from tap `first` on, `after` vectors of floats. */
typedef struct {
  int64_t first, steps, before, after;
} millrace_split;

/* Taps at either end of every phase that have no more than their share of its energy. */
static inline int64_t least_wing(const millrace_resampler *plan, const double *phases) {
  int64_t least = plan->width / 2;
  for (int64_t phase = 0; phase < plan->up; phase++) {
    const double *row = phases + phase * plan->width;
    double all = 0, outside = 0;
    for (int64_t i = 0; i < plan->width; i++) all += row[i] * row[i];
    int64_t wing = -1;
    while (++wing < least) {
      double a = row[wing], b = row[plan->width - 1 - wing];
      outside += a * a + b * b;
      if (!(outside <= WINGS_SHARE * all)) break;
    }
    least = wing;
  }
  return least;
}

static inline bool has_room(double gain) { return fabs(gain) <= MOST_GAIN && fabs(gain) >= 1 / MOST_GAIN; }

/* The split for vectors of so many reals; without wings where they would not pay. */
static inline millrace_split split_between(const millrace_resampler *plan, const double *phases, int64_t lanes) {
  if (!has_room(plan->load_gain) || !has_room(plan->store_gain)) return (millrace_split){0};
  int64_t wing = least_wing(plan, phases), length = plan->width + period_of(plan).spread;
  millrace_split split = {.before = wing / FLOATS};
  split.first = split.before * FLOATS;
  split.steps = (length - wing - split.first + lanes - 1) / lanes;
  int64_t end = split.first + split.steps * lanes;
  split.after = end < length ? (length - end + FLOATS - 1) / FLOATS : 0;
  int64_t wings = split.before + split.after;
  if (wings < LEAST_WINGS || wings > LONGEST_CHAIN || split.steps > LONGEST_CHAIN) return (millrace_split){0};
  return split;
}

#endif
