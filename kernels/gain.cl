/* Multiplies every sample by one factor. A work-group is PER_ITEM ITEMS frames of one plane. */
#include "dialect.h"

KERNEL void gain(GLOBAL const SAMPLE *in, integer in_at, integer in_stride, GLOBAL SAMPLE *out, integer out_at,
                 integer out_stride, integer frames, integer groups, GLOBAL const REAL *factor) {
  integer plane = BLOCK / groups, first = BLOCK % groups * (PER_ITEM * ITEMS);
  in += in_at + plane * in_stride;
  out += out_at + plane * out_stride;
  integer end = first + PER_ITEM * ITEMS < frames ? first + PER_ITEM * ITEMS : frames;
  for (integer i = first + ITEM; i < end; i += ITEMS) out[i] = (SAMPLE)(factor[0] * (REAL)in[i]);
}
