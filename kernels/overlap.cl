/* A finite impulse response by transforms of overlapping segments, overlap-save, in partitions of HOP taps: the output
 * of a block is the sum over the partitions of a segment, as far back as the partition is long, times the partition's
 * bins (Oppenheim and Schafer, Discrete-Time Signal Processing, 3rd ed., section 8.7.3).
 *
 * Constants: LENGTH of a transform, twice HOP. Two blocks, `pairs` blocks apart, are the real and the imaginary part of
 * one transform; what multiplies them has a real impulse response and keeps them apart. The bins stay in bit-reversed
 * order, those of the taps too, which hold the scale of the inverse.
 *
 * A number that is not finite would spread over its segment: such a block is summed term by term. The line holds
 * taps - 1 frames before the piece. */
#include "dialect.h"
#include "transform.h"

#define HOP (LENGTH / 2)

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

/* The segment that ends with this block, and the one `pairs` blocks later, to be transformed. */
FUNCTION void load_segments(piece from, integer block, integer pairs, LOCAL REAL *re, LOCAL REAL *im) {
  integer first = (block - 1) * HOP;
  for (int i = ITEM; i < LENGTH; i += ITEMS) {
    re[i] = frame(from, first + i);
    im[i] = frame(from, first + pairs * HOP + i);
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
  load_segments(from, block, pairs, re, im);
  transform(re, im, roots);
  for (int i = ITEM; i < LENGTH; i += ITEMS) {
    REAL x = re[i], y = im[i];
    re[i] = x * bins[2 * i] - y * bins[2 * i + 1];
    im[i] = x * bins[2 * i + 1] + y * bins[2 * i];
  }
  transform_back(re, im, roots);
  store_block(from, block, re, h, gain[0], out + out_at + plane * out_stride);
  store_block(from, block + pairs, im, h, gain[0], out + out_at + plane * out_stride);
}

/* The bins of every pair of segments that some block needs: [planes][partitions - 1 + pairs][LENGTH][2]. */
KERNEL void overlap_spectra(GLOBAL const REAL *line, integer stride, integer frames, integer pairs, integer partitions,
                            integer taps, GLOBAL const REAL *roots, GLOBAL REAL *spectra) {
  LOCAL_ARRAY(REAL, re, LENGTH);
  LOCAL_ARRAY(REAL, im, LENGTH);
  integer count = pairs + partitions - 1;
  piece from = {line + BLOCK / count * stride, taps, frames};
  load_segments(from, BLOCK % count - (partitions - 1), pairs, re, im);
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
                        GLOBAL const REAL *spectra) {
  LOCAL_ARRAY(REAL, re, LENGTH);
  LOCAL_ARRAY(REAL, im, LENGTH);
  integer plane = BLOCK / pairs, block = BLOCK % pairs;
  piece from = {line + plane * stride, taps, frames};
  spectra += (plane * (pairs + partitions - 1) + block + partitions - 1) * 2 * LENGTH;
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
  store_block(from, block, re, h, gain[0], out + out_at + plane * out_stride);
  store_block(from, block + pairs, im, h, gain[0], out + out_at + plane * out_stride);
}
