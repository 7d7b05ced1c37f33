/* overlap.cl against the sum itself, with one partition and with several; with a NaN and with huge numbers, which must change only what they reach. */
#include "../../../../kernels/overlap.cl"

#include <string.h>

#include "work_group.h"

enum { PLANES = 2, MOST = 5 * HOP + 3, PARTS = 3, MOST_TAPS = PARTS * HOP - 2, WIDTH = MOST + MOST_TAPS };

static REAL line[PLANES * WIDTH], h[MOST_TAPS], gain[1] = {2};
static REAL roots[LENGTH], bins[PARTS * 2 * LENGTH], spectra[PLANES * (MOST + PARTS) * 2 * LENGTH];
static REAL bounds[PLANES * (MOST + PARTS)];
static SAMPLE out[PLANES * MOST];
static double expected[MOST], made[MOST];
static integer frames, taps, pairs, partitions;
static REAL re[LENGTH], im[LENGTH];

static void fused_kernel(void) {
  overlap_fused(line, WIDTH, out, 0, MOST, frames, pairs, taps, h, gain, roots, bins);
}

static void spectra_kernel(void) {
  overlap_spectra(line, WIDTH, frames, pairs, partitions, taps, roots, spectra, bounds);
}

static void sum_kernel(void) {
  overlap_sum(line, WIDTH, out, 0, MOST, frames, pairs, partitions, taps, h, gain, roots, bins, spectra, bounds);
}

static void transform_kernel(void) { transform(re, im, roots); }

static void make_bins(void) {
  for (int p = 0; p < partitions; p++) {
    for (int i = 0; i < LENGTH; i++) {
      re[i] = i < HOP && p * HOP + i < taps ? h[p * HOP + i] / LENGTH : 0;
      im[i] = 0;
    }
    launch(1, transform_kernel);
    for (int i = 0; i < LENGTH; i++) {
      bins[(p * LENGTH + i) * 2] = re[i];
      bins[(p * LENGTH + i) * 2 + 1] = im[i];
    }
  }
}

static void filter(void) {
  pairs = ((frames + HOP - 1) / HOP + 1) / 2;
  partitions = (taps + HOP - 1) / HOP;
  make_bins();
  if (partitions == 1) {
    launch(PLANES * pairs, fused_kernel);
  } else {
    launch(PLANES * (pairs + partitions - 1), spectra_kernel);
    launch(PLANES * pairs, sum_kernel);
  }
}

static void check(double most) {
  filter();
  for (int p = 0; p < PLANES; p++) {
    for (integer i = 0; i < frames; i++) {
      expected[i] = 0;
      for (integer k = 0; k < taps; k++) expected[i] += 2 * (double)h[k] * line[p * WIDTH + taps - 1 + i - k];
      made[i] = out[p * MOST + i];
      if (isnan(expected[i]) && isnan(made[i])) expected[i] = made[i] = 0;
    }
    require_close("overlap", expected, made, frames, most);
  }
}

/* Frame `at` of plane 0 being huge, the others are as if it were 0 where it does not reach. */
static void check_glitch(integer at, double size, double most) {
  REAL kept = line[at];
  line[at] = (REAL)size;
  filter();
  for (int p = 0; p < PLANES; p++) {
    for (integer i = 0; i < frames; i++) {
      integer lag = i + taps - 1 - at;
      int reached = p == 0 && lag >= 0 && lag < taps;
      double sum = 0;
      for (integer k = 0; k < taps; k++) sum += 2 * (double)h[k] * line[p * WIDTH + taps - 1 + i - k];
      expected[i] = reached ? sum / size : sum;
      made[i] = reached ? out[p * MOST + i] / size : out[p * MOST + i];
    }
    require_close("overlap with a glitch", expected, made, frames, most);
  }
  line[at] = kept;
}

int main(void) {
  const integer counts[] = {1, HOP - 1, HOP, HOP + 1, MOST_TAPS}, lengths[] = {1, HOP, 2 * HOP + 1, MOST};
  double most = sizeof(REAL) == 4 ? 1e-5 : sizeof(SAMPLE) == 4 ? 1e-7 : 1e-13;
  for (int k = 0; k < LENGTH / 2; k++) {
    roots[2 * k] = (REAL)cos(2 * M_PI * k / LENGTH);
    roots[2 * k + 1] = (REAL)-sin(2 * M_PI * k / LENGTH);
  }
  for (int nan = 0; nan < 2; nan++) {
    for (int i = 0; i < PLANES * WIDTH; i++) line[i] = (REAL)noise();
    for (int i = 0; i < MOST_TAPS; i++) h[i] = (REAL)noise();
    if (nan) line[MOST_TAPS + HOP] = NAN;
    for (unsigned t = 0; t < sizeof counts / sizeof *counts; t++) {
      for (unsigned l = 0; l < sizeof lengths / sizeof *lengths; l++) {
        taps = counts[t];
        frames = lengths[l];
        check(most);
        if (!nan) check_glitch(taps - 1 + frames / 2, 1e30, most);
        if (!nan) check_glitch(taps / 2, -1e20, most);
      }
    }
  }
  return 0;
}
