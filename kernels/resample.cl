/* A rational resampler: each output frame is the sum of the input frames around it, weighed by the taps of its phase.
 * Output frame j of the piece lies (phase + j down) / up input frames after frame `skip` of the line, and its taps are
 * those of phase (phase + j down) mod up. An item is an output frame. */
#include "dialect.h"

KERNEL void resample(GLOBAL const REAL *line, integer stride, GLOBAL SAMPLE *out, integer out_at, integer out_stride,
                     integer frames, integer groups, integer skip, integer phase, integer up, integer down,
                     integer width, GLOBAL const REAL *phases, GLOBAL const REAL *gain) {
  integer plane = BLOCK / groups, j = BLOCK % groups * ITEMS + ITEM;
  if (j >= frames) return;
  integer ahead = phase + j * down;
  GLOBAL const REAL *x = line + plane * stride + skip + ahead / up, *h = phases + ahead % up * width;
  REAL sum = 0;
  for (integer k = 0; k < width; k++) sum += h[k] * x[k];
  out[out_at + plane * out_stride + j] = (SAMPLE)(gain[0] * sum);
}
