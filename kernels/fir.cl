/* A finite impulse response term by term: y[i] is the sum over k of h[k] x[i - k].
 *
 * Constants: an item sums PER_ITEM outputs over CHUNK taps at a time, a multiple of PER_ITEM, whose input lies on the
 * chip. The line holds taps - 1 frames before the piece. Each chunk has a sum of its own: one over all taps would gather
 * the roundings of all.
 *
 * The outputs of an item are neighbours, so that PER_ITEM taps and twice as many inputs, in registers, make PER_ITEM
 * squared products; where an item is LANES numbers of a processor, they are LANES neighbours each, and an input is
 * loaded with the tap. */
#include "dialect.h"

#define SPAN (PER_ITEM * ITEMS * LANES)

#if LANES > 1
#define ROOM (SPAN + CHUNK)
#define OUTPUT(r) (ITEM * LANES + (r) * ITEMS * LANES)
#define PLACE(j) (j)
#else
/* Frame j of the chunk in row j % PER_ITEM: what the items read at once are neighbours. */
#define ROW (ITEMS + CHUNK / PER_ITEM + 2)
#define ROOM (PER_ITEM * ROW)
#define OUTPUT(r) (ITEM * PER_ITEM + (r))
#define PLACE(j) ((j) % PER_ITEM * ROW + (j) / PER_ITEM)
#endif

KERNEL void fir_direct(GLOBAL const REAL *line, integer stride, GLOBAL SAMPLE *out, integer out_at, integer out_stride,
                       integer frames, integer groups, integer taps, GLOBAL const REAL *h, GLOBAL const REAL *gain) {
  LOCAL_ARRAY(REAL, x, ROOM);
  integer plane = BLOCK / groups, first = BLOCK % groups * SPAN;
  reals sum[PER_ITEM];
  UNROLL for (int r = 0; r < PER_ITEM; r++) sum[r] = (reals)(0);
  line += plane * stride;
  out += out_at + plane * out_stride + first;
  for (integer done = 0; done < taps; done += CHUNK) {
    int count = (int)least(CHUNK, taps - done), odd = LANES > 1 ? 0 : (PER_ITEM - count % PER_ITEM) % PER_ITEM;
    integer from = first + taps - done - count, end = taps - 1 + frames;
    GLOBAL const REAL *tap = h + done;
    for (int i = ITEM; i < SPAN + count - 1; i += ITEMS) x[PLACE(i + odd)] = from + i < end ? line[from + i] : 0;
    BARRIER;
    reals part[PER_ITEM];
    UNROLL for (int r = 0; r < PER_ITEM; r++) part[r] = (reals)(0);
    int k = 0;
#if LANES == 1
    for (; k + PER_ITEM <= count; k += PER_ITEM) {
      LOCAL const REAL *at = x + ITEM + (count + odd - k) / PER_ITEM - 1;
      REAL window[2 * PER_ITEM];
      UNROLL for (int m = 0; m < 2 * PER_ITEM - 1; m++) window[m] = at[PLACE(m)];
      UNROLL for (int c = 0; c < PER_ITEM; c++) {
        UNROLL for (int r = 0; r < PER_ITEM; r++) part[r] += tap[k + c] * window[PER_ITEM - 1 + r - c];
      }
    }
#endif
    for (; k < count; k++) {
      UNROLL for (int r = 0; r < PER_ITEM; r++) part[r] += tap[k] * LOAD(x + PLACE(OUTPUT(r) + odd + count - 1 - k));
    }
    UNROLL for (int r = 0; r < PER_ITEM; r++) sum[r] += part[r];
    BARRIER;
  }
  UNROLL for (int r = 0; r < PER_ITEM; r++) {
#if LANES > 1
    REAL lanes[LANES];
    STORE(sum[r], lanes);
    for (int lane = 0; lane < LANES; lane++) {
      if (first + OUTPUT(r) + lane < frames) out[OUTPUT(r) + lane] = (SAMPLE)(gain[0] * lanes[lane]);
    }
#else
    if (first + OUTPUT(r) < frames) out[OUTPUT(r)] = (SAMPLE)(gain[0] * sum[r]);
#endif
  }
}
