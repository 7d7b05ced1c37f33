/* A finite impulse response by transforms of overlapping segments, overlap-save, in partitions of HOP taps: the output
 * of a block is the sum over the partitions of a segment, as far back as the partition is long, times the partition's
 * bins (Oppenheim and Schafer, Discrete-Time Signal Processing, 3rd ed., section 8.7.3).
 *
 * Constants: LENGTH of a transform, twice HOP. Two blocks, `pairs` blocks apart, are the real and the imaginary part of
 * one transform; what multiplies them has a real impulse response and keeps them apart. The bins stay in bit-reversed
 * order, those of the taps too, which hold the scale of the inverse.
 *
 * The error of a transform is relative to its largest number and is spread over all that comes out, and a number that is
 * not finite would spread over its segment. So numbers that are SPAN times as large as the quietest ones of two segments
 * that are transformed together, and those that are not finite, are left out of the transform, and their terms added one
 * by one. A block whose sum is too large is summed term by term. The line holds taps - 1 frames before the piece. */
#include "dialect.h"
#include "transform.h"

#define HOP (LENGTH / 2)

/* Signals that keep to 24 bits, in float32 arithmetic to 12, stay whole. */
#define SPAN ((REAL)4096 * (sizeof(REAL) == 4 ? (REAL)1 : (REAL)4096))

/* Magnitudes of so many frames, ITEMS apart, are added: one that is small is no sign of quiet. */
#define ROWS 2

typedef struct {
  GLOBAL const REAL *line; /* of one plane */
  integer taps;
  integer frames;
} piece;

/* Frame i of the piece, also before it, and silence outside of the line. */
FUNCTION REAL frame(piece from, integer i) {
  integer at = i + from.taps - 1;
  return at < 0 || i >= from.frames ? 0 : from.line[at];
}

/* Whether a number goes through a transform whose bound is this. */
FUNCTION int passes(REAL x, REAL bound) { return fabs(x) <= bound && x - x == 0; }

/* The least sum of magnitudes that is not 0, below 0 before there is one. */
FUNCTION REAL quieter(REAL low, REAL sum) {
  return sum > 0 && sum - sum == 0 && (low < 0 || sum < low) ? sum : low;
}

/* The bound of what may be transformed of two segments together; below 0 if all may. The LOCAL arrays are scratch. */
FUNCTION REAL bound_of(piece from, integer first, integer apart, LOCAL REAL *lows, LOCAL REAL *highs) {
  REAL low = -1, high = 0, odd = 0; /* odd: 0, or not a number once a number was not finite */
  for (int i = ITEM; i < LENGTH; i += ROWS * ITEMS) {
    REAL re = 0, im = 0;
    for (int j = i; j < LENGTH && j < i + ROWS * ITEMS; j += ITEMS) {
      REAL x = fabs(frame(from, first + j)), y = fabs(frame(from, first + apart + j));
      re += x;
      im += y;
      high = x > high ? x : high;
      high = y > high ? y : high;
    }
    odd += (re - re) + (im - im);
    low = quieter(quieter(low, re), im);
  }
  lows[ITEM] = low;
  highs[ITEM] = odd == 0 ? high : NOT_A_NUMBER;
  BARRIER;
  for (int item = 0; item < ITEMS; item++) {
    low = quieter(low, lows[item]);
    high = highs[item] > high ? highs[item] : high;
    odd += highs[item] - highs[item];
  }
  BARRIER;
  REAL bound = low < 0 ? 0 : SPAN * low;
  return high > bound || !(odd == 0) ? bound : -1;
}

/* The segment that ends with this block, and the one `pairs` blocks later, to be transformed; returns their bound. */
FUNCTION REAL load_segments(piece from, integer block, integer pairs, LOCAL REAL *re, LOCAL REAL *im) {
  integer first = (block - 1) * HOP;
  REAL bound = bound_of(from, first, pairs * HOP, re, im);
  for (int i = ITEM; i < LENGTH; i += ITEMS) {
    REAL x = frame(from, first + i), y = frame(from, first + pairs * HOP + i);
    re[i] = bound < 0 || passes(x, bound) ? x : 0;
    im[i] = bound < 0 || passes(y, bound) ? y : 0;
  }
  return bound;
}

/* Adds to a block's outputs the terms of some taps whose numbers did not pass. */
FUNCTION void add_left_out(piece from, integer block, REAL bound, GLOBAL const REAL *h, integer first, integer end,
                           LOCAL REAL *y) {
  for (int i = ITEM; i < HOP; i += ITEMS) {
    REAL sum = 0;
    for (integer k = first; k < end; k++) {
      REAL x = frame(from, block * HOP + i - k);
      if (!passes(x, bound)) sum += h[k] * x;
    }
    y[HOP + i] += sum;
  }
}

FUNCTION void store_block(piece from, integer block, LOCAL const REAL *y, GLOBAL const REAL *h, REAL gain,
                          GLOBAL SAMPLE *out) {
  for (int i = ITEM; i < HOP; i += ITEMS) {
    integer at = block * HOP + i;
    if (at >= from.frames) continue;
    REAL sum = y[HOP + i];
    if (!(sum - sum == 0)) {
      sum = 0;
      for (integer k = 0; k < from.taps; k++) sum += h[k] * frame(from, at - k);
    }
    out[at] = (SAMPLE)(gain * sum);
  }
}

/* Everything at once where there is one partition. A work-group is a pair of blocks of a plane. */
KERNEL void overlap_fused(GLOBAL const REAL *line, integer stride, GLOBAL SAMPLE *out, integer out_at,
                          integer out_stride, integer frames, integer pairs, integer taps, GLOBAL const REAL *h,
                          GLOBAL const REAL *gain, GLOBAL const REAL *roots, GLOBAL const REAL *bins) {
  LOCAL_ARRAY(REAL, re, LENGTH);
  LOCAL_ARRAY(REAL, im, LENGTH);
  integer plane = BLOCK / pairs, block = BLOCK % pairs;
  piece from = {line + plane * stride, taps, frames};
  REAL bound = load_segments(from, block, pairs, re, im);
  transform(re, im, roots);
  for (int i = ITEM; i < LENGTH; i += ITEMS) {
    REAL x = re[i], y = im[i];
    re[i] = x * bins[2 * i] - y * bins[2 * i + 1];
    im[i] = x * bins[2 * i + 1] + y * bins[2 * i];
  }
  transform_back(re, im, roots);
  if (bound >= 0) {
    add_left_out(from, block, bound, h, 0, taps, re);
    add_left_out(from, block + pairs, bound, h, 0, taps, im);
  }
  store_block(from, block, re, h, gain[0], out + out_at + plane * out_stride);
  store_block(from, block + pairs, im, h, gain[0], out + out_at + plane * out_stride);
}

/* The bins of every pair of segments that some block needs: [planes][partitions - 1 + pairs][LENGTH][2]; and their
 * bounds. */
KERNEL void overlap_spectra(GLOBAL const REAL *line, integer stride, integer frames, integer pairs, integer partitions,
                            integer taps, GLOBAL const REAL *roots, GLOBAL REAL *spectra, GLOBAL REAL *bounds) {
  LOCAL_ARRAY(REAL, re, LENGTH);
  LOCAL_ARRAY(REAL, im, LENGTH);
  integer count = pairs + partitions - 1;
  piece from = {line + BLOCK / count * stride, taps, frames};
  REAL bound = load_segments(from, BLOCK % count - (partitions - 1), pairs, re, im);
  if (ITEM == 0) bounds[BLOCK] = bound;
  transform(re, im, roots);
  spectra += BLOCK * 2 * LENGTH;
  for (int i = ITEM; i < LENGTH; i += ITEMS) {
    spectra[2 * i] = re[i];
    spectra[2 * i + 1] = im[i];
  }
}

/* A pair of blocks from the bins of its segments and of the partitions. */
KERNEL void overlap_sum(GLOBAL const REAL *line, integer stride, GLOBAL SAMPLE *out, integer out_at, integer out_stride,
                        integer frames, integer pairs, integer partitions, integer taps, GLOBAL const REAL *h,
                        GLOBAL const REAL *gain, GLOBAL const REAL *roots, GLOBAL const REAL *bins,
                        GLOBAL const REAL *spectra, GLOBAL const REAL *bounds) {
  LOCAL_ARRAY(REAL, re, LENGTH);
  LOCAL_ARRAY(REAL, im, LENGTH);
  integer plane = BLOCK / pairs, block = BLOCK % pairs;
  piece from = {line + plane * stride, taps, frames};
  integer own = plane * (pairs + partitions - 1) + block + partitions - 1;
  spectra += own * 2 * LENGTH;
  for (int i = ITEM; i < LENGTH; i += ITEMS) {
    REAL x = 0, y = 0;
    for (integer p = 0; p < partitions; p++) {
      GLOBAL const REAL *z = spectra - p * 2 * LENGTH + 2 * i, *b = bins + p * 2 * LENGTH + 2 * i;
      x += z[0] * b[0] - z[1] * b[1];
      y += z[0] * b[1] + z[1] * b[0];
    }
    re[i] = x;
    im[i] = y;
  }
  transform_back(re, im, roots);
  for (integer p = 0; p < partitions; p++) {
    REAL bound = bounds[own - p];
    if (bound < 0) continue;
    integer end = least(taps, (p + 1) * HOP);
    add_left_out(from, block, bound, h, p * HOP, end, re);
    add_left_out(from, block + pairs, bound, h, p * HOP, end, im);
  }
  store_block(from, block, re, h, gain[0], out + out_at + plane * out_stride);
  store_block(from, block + pairs, im, h, gain[0], out + out_at + plane * out_stride);
}
