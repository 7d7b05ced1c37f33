/* Spectra of blocks of LENGTH real samples, and back, as fft.cl has them, where LENGTH is no power of two: by the sum
 * that defines them. The roots are exp(-2 pi i k / LENGTH) for k below LENGTH, real part first. A work-group is a block
 * of a channel. */
#include "dialect.h"

#define BINS (LENGTH / 2 + 1)

KERNEL void dft_forward(GLOBAL const REAL *line, integer stride, GLOBAL SAMPLE *out, integer out_at, integer out_stride,
                        integer blocks, GLOBAL const REAL *gain, GLOBAL const REAL *roots) {
  LOCAL_ARRAY(REAL, x, LENGTH);
  integer channel = BLOCK / blocks, block = BLOCK % blocks;
  line += channel * stride + block * LENGTH;
  out += out_at + 2 * channel * out_stride + block * BINS;
  for (int i = ITEM; i < LENGTH; i += ITEMS) x[i] = line[i];
  BARRIER;
  for (int bin = ITEM; bin < BINS; bin += ITEMS) {
    REAL re = 0, im = 0;
    for (int i = 0, root = 0; i < LENGTH; i++) {
      re += x[i] * roots[2 * root];
      im += x[i] * roots[2 * root + 1];
      root += bin < LENGTH - root ? bin : bin - LENGTH;
    }
    out[bin] = (SAMPLE)(gain[0] * re);
    out[out_stride + bin] = (SAMPLE)(gain[0] * im);
  }
}

KERNEL void dft_inverse(GLOBAL const REAL *line, integer stride, GLOBAL SAMPLE *out, integer out_at, integer out_stride,
                        integer blocks, GLOBAL const REAL *gain, GLOBAL const REAL *roots) {
  LOCAL_ARRAY(REAL, re, BINS);
  LOCAL_ARRAY(REAL, im, BINS);
  integer channel = BLOCK / blocks, block = BLOCK % blocks;
  line += 2 * channel * stride + block * BINS;
  out += out_at + channel * out_stride + block * LENGTH;
  for (int bin = ITEM; bin < BINS; bin += ITEMS) {
    int once = bin == 0 || 2 * bin == LENGTH; /* the other bins have a mirror image */
    re[bin] = once ? line[bin] : 2 * line[bin];
    im[bin] = once ? 0 : 2 * line[stride + bin];
  }
  BARRIER;
  for (int i = ITEM; i < LENGTH; i += ITEMS) {
    REAL sum = 0;
    for (int bin = 0, root = 0; bin < BINS; bin++) {
      sum += re[bin] * roots[2 * root] + im[bin] * roots[2 * root + 1];
      root += i < LENGTH - root ? i : i - LENGTH;
    }
    out[i] = (SAMPLE)(gain[0] * sum);
  }
}
