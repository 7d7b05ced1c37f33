/* Lines: for each plane the last frames of a stream and then a piece of new ones, as REAL after the gain on load. What
 * needs the past of its input reads a line; the line of the next piece begins with the end of this one.
 *
 * A work-group is PER_ITEM ITEMS frames of one plane, `groups` of them a plane. */
#include "dialect.h"

#define SPAN (PER_ITEM * ITEMS)

/* The line of the next piece: `past` frames of the line before, from `at` on, then the piece. */
KERNEL void line_fill(GLOBAL const SAMPLE *in, integer in_at, integer in_stride, integer frames,
                      GLOBAL const REAL *before, integer at, integer past, GLOBAL REAL *line, integer stride,
                      integer groups, GLOBAL const REAL *gain) {
  integer plane = BLOCK / groups, first = BLOCK % groups * SPAN;
  integer end = least(first + SPAN, past + frames);
  in += in_at + plane * in_stride;
  before += plane * stride + at;
  line += plane * stride;
  for (integer i = first + ITEM; i < end; i += ITEMS) line[i] = i < past ? before[i] : gain[0] * (REAL)in[i - past];
}

KERNEL void line_copy(GLOBAL const REAL *from, integer from_at, integer from_stride, GLOBAL REAL *to, integer to_at,
                      integer to_stride, integer frames, integer groups) {
  integer plane = BLOCK / groups, first = BLOCK % groups * SPAN;
  integer end = least(first + SPAN, frames);
  from += from_at + plane * from_stride;
  to += to_at + plane * to_stride;
  for (integer i = first + ITEM; i < end; i += ITEMS) to[i] = from[i];
}

/* Frames of a line as output: a delay. */
KERNEL void line_store(GLOBAL const REAL *line, integer at, integer stride, GLOBAL SAMPLE *out, integer out_at,
                       integer out_stride, integer frames, integer groups, GLOBAL const REAL *gain) {
  integer plane = BLOCK / groups, first = BLOCK % groups * SPAN;
  integer end = least(first + SPAN, frames);
  line += at + plane * stride;
  out += out_at + plane * out_stride;
  for (integer i = first + ITEM; i < end; i += ITEMS) out[i] = (SAMPLE)(gain[0] * line[i]);
}

KERNEL void line_clear(GLOBAL REAL *line, integer stride, integer frames, integer groups) {
  integer plane = BLOCK / groups, first = BLOCK % groups * SPAN;
  integer end = least(first + SPAN, frames);
  line += plane * stride;
  for (integer i = first + ITEM; i < end; i += ITEMS) line[i] = 0;
}
