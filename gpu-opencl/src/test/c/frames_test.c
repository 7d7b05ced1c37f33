/* gain.cl and mix.cl on a few channels, in place. */
#include "../../../../kernels/gain.cl"
#include "../../../../kernels/mix.cl"

#include "work_group.h"

enum { INPUTS = 3, OUTPUTS = 2, FRAMES = 3 * PER_ITEM * ITEMS + 5, WIDTH = FRAMES + 2, SPAN = PER_ITEM * ITEMS };

static SAMPLE x[INPUTS * WIDTH];
static REAL factor[1] = {(REAL)-1.5}, weights[OUTPUTS * INPUTS];
static double before[INPUTS][FRAMES], expected[FRAMES], made[FRAMES];

static void gain_kernel(void) {
  gain(x, 1, WIDTH, x, 1, WIDTH, FRAMES, (FRAMES + SPAN - 1) / SPAN, factor);
}

static void mix_kernel(void) { mix_channels(x, 1, WIDTH, x, 1, WIDTH, FRAMES, INPUTS, OUTPUTS, weights); }

static void keep(void) {
  for (int c = 0; c < INPUTS; c++) {
    for (int i = 0; i < FRAMES; i++) before[c][i] = x[c * WIDTH + 1 + i];
  }
}

static void check(const char *what, int c) {
  for (int i = 0; i < FRAMES; i++) made[i] = x[c * WIDTH + 1 + i];
  require_close(what, expected, made, FRAMES, sizeof(SAMPLE) == 4 ? 1e-6 : 1e-14);
}

int main(void) {
  for (int i = 0; i < INPUTS * WIDTH; i++) x[i] = (SAMPLE)noise();
  for (int i = 0; i < OUTPUTS * INPUTS; i++) weights[i] = (REAL)noise();
  keep();
  launch((FRAMES + SPAN - 1) / SPAN * INPUTS, gain_kernel);
  for (int c = 0; c < INPUTS; c++) {
    for (int i = 0; i < FRAMES; i++) expected[i] = -1.5 * before[c][i];
    check("gain", c);
  }
  keep();
  launch((FRAMES + ITEMS - 1) / ITEMS, mix_kernel);
  for (int o = 0; o < OUTPUTS; o++) {
    for (int i = 0; i < FRAMES; i++) {
      expected[i] = 0;
      for (int c = 0; c < INPUTS; c++) expected[i] += weights[o * INPUTS + c] * before[c][i];
    }
    check("mix", o);
  }
  return 0;
}
