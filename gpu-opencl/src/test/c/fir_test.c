/* fir.cl against the sum itself. */
#include "../../../../kernels/fir.cl"

#include "work_group.h"

enum { PLANES = 2, MOST = 3 * SPAN + 5, MOST_TAPS = 2 * CHUNK + 3, WIDTH = MOST + MOST_TAPS };

static REAL line[PLANES * WIDTH], h[MOST_TAPS], gain[1] = {2};
static SAMPLE out[PLANES * MOST];
static double expected[MOST], made[MOST];
static integer frames, taps;

static void kernel(void) {
  fir_direct(line, WIDTH, out, 0, MOST, frames, (frames + SPAN - 1) / SPAN, taps, h, gain);
}

static void check(void) {
  launch((frames + SPAN - 1) / SPAN * PLANES, kernel);
  for (int p = 0; p < PLANES; p++) {
    for (integer i = 0; i < frames; i++) {
      expected[i] = 0;
      for (integer k = 0; k < taps; k++) expected[i] += 2 * (double)h[k] * line[p * WIDTH + taps - 1 + i - k];
      made[i] = out[p * MOST + i];
    }
    require_close("fir", expected, made, frames, sizeof(REAL) == 4 ? 1e-5 : sizeof(SAMPLE) == 4 ? 1e-7 : 1e-13);
  }
}

int main(void) {
  const integer counts[] = {1, 2, CHUNK, CHUNK + 1, MOST_TAPS}, lengths[] = {1, SPAN - 1, SPAN, MOST};
  for (int i = 0; i < PLANES * WIDTH; i++) line[i] = (REAL)noise();
  for (int i = 0; i < MOST_TAPS; i++) h[i] = (REAL)noise();
  for (unsigned t = 0; t < sizeof counts / sizeof *counts; t++) {
    for (unsigned l = 0; l < sizeof lengths / sizeof *lengths; l++) {
      taps = counts[t];
      frames = lengths[l];
      check();
    }
  }
  return 0;
}
