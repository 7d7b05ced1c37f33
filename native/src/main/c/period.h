/* How the outputs of a resampler repeat: what its kernels share whatever the format. */
#ifndef MILLRACE_PERIOD_H
#define MILLRACE_PERIOD_H

#include <stdint.h>

#include "millrace.h"

/* Outputs that share a window of input. */
#define SHARED 4
/* Periods side by side: with what they are made of, the sums of their outputs fit the registers, 32 or 16. */
#if defined(__AVX512F__) || defined(__aarch64__)
#define ROWS 4
#else
#define ROWS 2
#endif
/*
 * Periods of a block: the taps of a group stay in the first-level cache for all of them, and so does the input. 48 to
 * 44.1 kHz, float32 / float64 arithmetic, million input frames a second: 8 periods 508 / 290, 16 629 / 346, 32 635 / 314,
 * 64 590 / 308 (2-core Zen 5 VM, AVX-512, November 2026, 2^16 frames, gcc 12).
 */
#define MOST_PERIODS 16
/* Vectors of taps that are added up before the sum goes on in float64. */
#define LONGEST_CHAIN 64
/* Frames of a piece of input where a block of periods is less than the one or more than the other. */
#define LEAST_PIECE 2048
#define MOST_PIECE 65536
/* Beyond this many taps a table is not repeated, so that it has whole groups. */
#define LARGE_TABLE (1 << 18)
/* Below this many phases one output more would be a large part of a period. */
#define FEW_PHASES 32

typedef struct {
  int64_t outputs, inputs; /* a multiple of up and down */
  int64_t group, groups;   /* outputs that share a window, and how often in a period; the last may hold fewer */
  int64_t spread;          /* the most frames from the first window of a group to its last */
} millrace_period;

/* Frames from the beginning of a period to the window of its output n. */
static inline int64_t window_at(const millrace_resampler *plan, int64_t n) { return n * plan->down / plan->up; }

/* Outputs from n on whose windows begin at most `frames` frames after that of n. */
static inline int64_t windows_within(const millrace_resampler *plan, int64_t n, int64_t frames) {
  return frames < 0 ? 0 : ((window_at(plan, n) + frames + 1) * plan->up - 1) / plan->down - n + 1;
}

static inline millrace_period period_of(const millrace_resampler *plan) {
  int64_t times = 1;
  if (plan->up <= FEW_PHASES && plan->up * plan->width <= LARGE_TABLE) {
    while (times * plan->up % SHARED != 0) times++;
  }
  millrace_period p = {.outputs = times * plan->up, .inputs = times * plan->down};
  p.group = p.outputs < SHARED ? 1 : SHARED;
  p.groups = (p.outputs + p.group - 1) / p.group;
  p.spread = ((p.group - 1) * plan->down + plan->up - 1) / plan->up;
  return p;
}

#endif
