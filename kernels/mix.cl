/* Weighted sums of channels, of at most MOST inputs. An item is a frame, and reads all channels of it before it writes
 * any, so that input and output may be one. */
#include "dialect.h"

KERNEL void mix_channels(GLOBAL const SAMPLE *in, integer in_at, integer in_stride, GLOBAL SAMPLE *out, integer out_at,
                         integer out_stride, integer frames, integer inputs, integer outputs,
                         GLOBAL const REAL *weights) {
  LOCAL_ARRAY(REAL, x, MOST * ITEMS);
  integer i = BLOCK * ITEMS + ITEM;
  if (i >= frames) return;
  in += in_at + i;
  out += out_at + i;
  for (int c = 0; c < inputs; c++) x[c * ITEMS + ITEM] = (REAL)in[c * in_stride];
  for (int o = 0; o < outputs; o++) {
    REAL sum = 0;
    for (int c = 0; c < inputs; c++) sum += weights[o * inputs + c] * x[c * ITEMS + ITEM];
    out[o * out_stride] = (SAMPLE)sum;
  }
}
