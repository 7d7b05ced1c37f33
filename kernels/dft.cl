/* Spectra of blocks of `length` real samples, and back, as fft.cl has them, for any length up to the constant MOST: by
 * the sum that defines them. The roots are exp(-2 pi i k / length) for k below length, real part first. A work-group is
 * a block of a channel. */
#include "dialect.h"

KERNEL void dft_forward(GLOBAL const REAL *line, integer stride, GLOBAL SAMPLE *out, integer out_at, integer out_stride,
                        integer blocks, integer length, GLOBAL const REAL *gain, GLOBAL const REAL *roots) {
  LOCAL_ARRAY(REAL, x, MOST);
  int frames = (int)length, bins = frames / 2 + 1;
  integer channel = BLOCK / blocks, block = BLOCK % blocks;
  line += channel * stride + block * frames;
  out += out_at + 2 * channel * out_stride + block * bins;
  for (int i = ITEM; i < frames; i += ITEMS) x[i] = line[i];
  BARRIER;
  for (int bin = ITEM; bin < bins; bin += ITEMS) {
    REAL re = 0, im = 0;
    for (int i = 0, root = 0; i < frames; i++) {
      re += x[i] * roots[2 * root];
      im += x[i] * roots[2 * root + 1];
      root += bin < frames - root ? bin : bin - frames;
    }
    out[bin] = (SAMPLE)(gain[0] * re);
    out[out_stride + bin] = (SAMPLE)(gain[0] * im);
  }
}

KERNEL void dft_inverse(GLOBAL const REAL *line, integer stride, GLOBAL SAMPLE *out, integer out_at, integer out_stride,
                        integer blocks, integer length, GLOBAL const REAL *gain, GLOBAL const REAL *roots) {
  LOCAL_ARRAY(REAL, re, MOST / 2 + 1);
  LOCAL_ARRAY(REAL, im, MOST / 2 + 1);
  int frames = (int)length, bins = frames / 2 + 1;
  integer channel = BLOCK / blocks, block = BLOCK % blocks;
  line += 2 * channel * stride + block * bins;
  out += out_at + channel * out_stride + block * frames;
  for (int bin = ITEM; bin < bins; bin += ITEMS) {
    int once = bin == 0 || 2 * bin == frames; /* the other bins have a mirror image */
    re[bin] = once ? line[bin] : 2 * line[bin];
    im[bin] = once ? 0 : 2 * line[stride + bin];
  }
  BARRIER;
  for (int i = ITEM; i < frames; i += ITEMS) {
    REAL sum = 0;
    for (int bin = 0, root = 0; bin < bins; bin++) {
      sum += re[bin] * roots[2 * root] + im[bin] * roots[2 * root + 1];
      root += i < frames - root ? i : i - frames;
    }
    out[i] = (SAMPLE)(gain[0] * sum);
  }
}
