/* line.cl: pieces behind a past, copies, silence, and a delay made of them; resample.cl on such a line. */
#include "../../../../kernels/line.cl"
#include "../../../../kernels/resample.cl"

#include "work_group.h"

enum { PLANES = 2, PAST = 37, PIECE = 2 * SPAN + 9, WIDTH = PAST + PIECE, UP = 3, DOWN = 2, TAPS = 8 };
enum { MADE = (PIECE * UP - TAPS) / DOWN, FIRST = 2 /* of phase 1 */, CYCLE_COUNT = (FIRST + MADE + UP - 1) / UP };
enum { APART = (CYCLE_COUNT + CYCLES - 1) / CYCLES * UP, GROUPS = (APART + ITEMS - 1) / ITEMS };

static SAMPLE in[PLANES * PIECE], out[PLANES * PIECE], resampled[PLANES * MADE];
static REAL old[PLANES * WIDTH], fresh[PLANES * WIDTH], copied[PLANES * PAST], load[1] = {2}, store[1] = {(REAL)0.5};
static REAL phases[UP * TAPS], taps[UP * TAPS];
static double expected[MADE + PIECE], made[MADE + PIECE];

static integer groups(integer frames) { return (frames + SPAN - 1) / SPAN; }

static void fill_kernel(void) {
  line_fill(in, 0, PIECE, PIECE, old, 5, PAST, fresh, WIDTH, groups(WIDTH), load);
}

static void copy_kernel(void) { line_copy(fresh, 3, WIDTH, copied, 0, PAST, PAST, groups(PAST)); }

static void store_kernel(void) { line_store(fresh, 0, WIDTH, out, 0, PIECE, PIECE, groups(PIECE), store); }

static void clear_kernel(void) { line_clear(old, WIDTH, PAST, groups(PAST)); }

static void resample_kernel(void) {
  resample(fresh, WIDTH, resampled, 0, MADE, MADE, GROUPS, APART, 1, FIRST, UP, DOWN, TAPS, taps, store);
}

/* Tap by tap, the frames of a cycle in order. */
static void order_taps(void) {
  for (int t = 0; t < UP; t++) {
    for (int k = 0; k < TAPS; k++) taps[k * UP + t] = phases[t * DOWN % UP * TAPS + k];
  }
}

static void check_delay(int p) {
  for (int i = 0; i < PIECE; i++) {
    expected[i] = i < PAST ? 0.5 * old[p * WIDTH + 5 + i] : (double)in[p * PIECE + i - PAST];
    made[i] = out[p * PIECE + i];
  }
  require_close("delay", expected, made, PIECE, sizeof(SAMPLE) == 4 ? 1e-6 : 1e-14);
  for (int i = 0; i < PAST; i++) {
    expected[i] = fresh[p * WIDTH + 3 + i];
    made[i] = copied[p * PAST + i];
  }
  require_close("copy", expected, made, PAST, 0);
}

static void check_resampled(int p) {
  for (int j = 0; j < MADE; j++) {
    expected[j] = 0;
    for (int k = 0; k < TAPS; k++) {
      expected[j] += 0.5 * phases[(1 + j * DOWN) % UP * TAPS + k] * fresh[p * WIDTH + 1 + (1 + j * DOWN) / UP + k];
    }
    made[j] = resampled[p * MADE + j];
  }
  require_close("resample", expected, made, MADE, sizeof(SAMPLE) == 4 ? 1e-6 : 1e-14);
}

int main(void) {
  for (int i = 0; i < PLANES * PIECE; i++) in[i] = (SAMPLE)noise();
  for (int i = 0; i < PLANES * WIDTH; i++) old[i] = (REAL)noise();
  for (int i = 0; i < UP * TAPS; i++) phases[i] = (REAL)noise();
  launch(groups(WIDTH) * PLANES, fill_kernel);
  launch(groups(PAST) * PLANES, copy_kernel);
  launch(groups(PIECE) * PLANES, store_kernel);
  order_taps();
  launch(GROUPS * PLANES, resample_kernel);
  for (int p = 0; p < PLANES; p++) {
    check_delay(p);
    check_resampled(p);
  }
  launch(groups(PAST) * PLANES, clear_kernel);
  for (int i = 0; i < PAST; i++) {
    expected[i] = 0;
    made[i] = old[i];
  }
  require_close("clear", expected, made, PAST, 0);
  return 0;
}
