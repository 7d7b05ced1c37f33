/* A finite impulse response term by term: y[i] is the sum over k of h[k] x[i - k].
 *
 * Constants: an item sums PER_ITEM outputs, ITEMS apart, over CHUNK taps at a time, whose input lies on the chip. The
 * line holds taps - 1 frames before the piece. Each chunk has a sum of its own: one over all taps would gather the
 * roundings of all. */
#include "dialect.h"

#define SPAN (PER_ITEM * ITEMS)

KERNEL void fir_direct(GLOBAL const REAL *line, integer stride, GLOBAL SAMPLE *out, integer out_at, integer out_stride,
                       integer frames, integer groups, integer taps, GLOBAL const REAL *h, GLOBAL const REAL *gain) {
  LOCAL_ARRAY(REAL, x, SPAN + CHUNK);
  integer plane = BLOCK / groups, first = BLOCK % groups * SPAN;
  REAL sum[PER_ITEM];
  UNROLL for (int r = 0; r < PER_ITEM; r++) sum[r] = 0;
  line += plane * stride;
  out += out_at + plane * out_stride + first;
  for (integer done = 0; done < taps; done += CHUNK) {
    int count = (int)least(CHUNK, taps - done);
    integer from = first + taps - done - count, end = taps - 1 + frames;
    for (int i = ITEM; i < SPAN + count - 1; i += ITEMS) x[i] = from + i < end ? line[from + i] : 0;
    BARRIER;
    REAL part[PER_ITEM];
    UNROLL for (int r = 0; r < PER_ITEM; r++) part[r] = 0;
    for (int k = 0; k < count; k++) {
      REAL tap = h[done + k];
      UNROLL for (int r = 0; r < PER_ITEM; r++) part[r] += tap * x[ITEM + r * ITEMS + count - 1 - k];
    }
    UNROLL for (int r = 0; r < PER_ITEM; r++) sum[r] += part[r];
    BARRIER;
  }
  UNROLL for (int r = 0; r < PER_ITEM; r++) {
    int i = ITEM + r * ITEMS;
    if (first + i < frames) out[i] = (SAMPLE)(gain[0] * sum[r]);
  }
}
