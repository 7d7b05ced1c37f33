/* Spectra of blocks of LENGTH real samples, and back, as numpy's rfft and irfft: bins 0 to LENGTH / 2, a plane of real
 * and a plane of imaginary parts a channel. A work-group is a block of a channel. The line holds what was left of the
 * frames before, then the piece. */
#include "dialect.h"
#include "transform.h"

#define BINS (LENGTH / 2 + 1)

FUNCTION int bit_reversed(int i) {
  int reversed = 0;
  for (int bit = 1; bit < LENGTH; bit *= 2) {
    reversed = 2 * reversed + (i & 1);
    i /= 2;
  }
  return reversed;
}

KERNEL void fft_forward(GLOBAL const REAL *line, integer stride, GLOBAL SAMPLE *out, integer out_at, integer out_stride,
                        integer blocks, GLOBAL const REAL *gain, GLOBAL const REAL *roots) {
  LOCAL_ARRAY(REAL, re, LENGTH);
  LOCAL_ARRAY(REAL, im, LENGTH);
  integer channel = BLOCK / blocks, block = BLOCK % blocks;
  line += channel * stride + block * LENGTH;
  out += out_at + 2 * channel * out_stride + block * BINS;
  for (int i = ITEM; i < LENGTH; i += ITEMS) {
    re[i] = line[i];
    im[i] = 0;
  }
  transform(re, im, roots);
  for (int i = ITEM; i < BINS; i += ITEMS) {
    int at = bit_reversed(i);
    out[i] = (SAMPLE)(gain[0] * re[at]);
    out[out_stride + i] = (SAMPLE)(gain[0] * im[at]);
  }
}

/* The gain holds the 1 / LENGTH of the inverse. What is imaginary in bins 0 and LENGTH / 2 counts for nothing. */
KERNEL void fft_inverse(GLOBAL const REAL *line, integer stride, GLOBAL SAMPLE *out, integer out_at, integer out_stride,
                        integer blocks, GLOBAL const REAL *gain, GLOBAL const REAL *roots) {
  LOCAL_ARRAY(REAL, re, LENGTH);
  LOCAL_ARRAY(REAL, im, LENGTH);
  integer channel = BLOCK / blocks, block = BLOCK % blocks;
  line += 2 * channel * stride + block * BINS;
  out += out_at + channel * out_stride + block * LENGTH;
  for (int i = ITEM; i < LENGTH; i += ITEMS) {
    int at = bit_reversed(i), bin = i < BINS ? i : LENGTH - i;
    REAL y = bin == 0 || 2 * bin == LENGTH ? 0 : line[stride + bin];
    re[at] = line[bin];
    im[at] = i < BINS ? y : -y;
  }
  transform_back(re, im, roots);
  for (int i = ITEM; i < LENGTH; i += ITEMS) out[i] = (SAMPLE)(gain[0] * re[i]);
}
