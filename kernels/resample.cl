/* A rational resampler: each output frame is the sum of the input frames around it, weighed by the taps of its phase.
 * Output frame q of a stream lies q down / up input frames after its start, and its taps are those of phase q down mod
 * up: the same for all frames a cycle of `up` apart.
 *
 * Constant: an item makes CYCLES output frames, whole cycles apart, so that it reads each tap once for all of them;
 * neighbours make neighbours. The taps lie in the order of the frames of a cycle: tap by tap, so that neighbours read
 * neighbours, or, where an item is LANES numbers of a processor, frame by frame, so that it reads LANES taps at once.
 *
 * The piece begins with frame `first` of a cycle, whose first input frame is frame `skip` of the line. */
#include "dialect.h"

#if LANES > 1
#define TAPS_OF(t) (taps + (t) * width)
#define NEXT 1
#else
#define TAPS_OF(t) (taps + (t))
#define NEXT up
#endif

KERNEL void resample(GLOBAL const REAL *line, integer stride, GLOBAL SAMPLE *out, integer out_at, integer out_stride,
                     integer frames, integer groups, integer apart, integer skip, integer first, integer up,
                     integer down, integer width, GLOBAL const REAL *taps, GLOBAL const REAL *gain) {
  integer plane = BLOCK / groups, item = BLOCK % groups * ITEMS + ITEM, cycle = item / up, t = item - cycle * up;
  if (item >= apart) return;
  GLOBAL const REAL *h = TAPS_OF(t), *x[CYCLES];
  integer at = skip + cycle * down + t * down / up - first * down / up, shift = apart / up * down;
  integer valid = item < first ? 1 : 0; /* frames before the piece */
  REAL sum[CYCLES];
  reals part[CYCLES];
  line += plane * stride + at;
  UNROLL for (int m = 0; m < CYCLES; m++) {
    integer frame = item + m * apart - first;
    x[m] = line + (frame < 0 || frame >= frames ? valid : m) * shift;
    part[m] = (reals)(0);
  }
  if (item + valid * apart - first >= frames) return;
  integer k = 0;
  for (; k + LANES <= width; k += LANES) {
    reals tap = LOAD(h + k * NEXT);
    UNROLL for (int m = 0; m < CYCLES; m++) part[m] += tap * LOAD(x[m] + k);
  }
  UNROLL for (int m = 0; m < CYCLES; m++) {
#if LANES > 1
    REAL parts[LANES];
    STORE(part[m], parts);
    sum[m] = 0;
    for (int lane = 0; lane < LANES; lane++) sum[m] += parts[lane];
#else
    sum[m] = part[m];
#endif
  }
  for (; k < width; k++) {
    UNROLL for (int m = 0; m < CYCLES; m++) sum[m] += h[k * NEXT] * x[m][k];
  }
  out += out_at + plane * out_stride;
  UNROLL for (int m = 0; m < CYCLES; m++) {
    integer frame = item + m * apart - first;
    if (frame >= 0 && frame < frames) out[frame] = (SAMPLE)(gain[0] * sum[m]);
  }
}
