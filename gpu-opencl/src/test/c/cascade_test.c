/* cascade.cl against the same sections run one frame after another, for blocks around the tile, one run and several,
 * with and without a scan. */
#include "../../../../kernels/cascade.cl"

#include <stdio.h>
#include <string.h>

#include "work_group.h"

enum { CHANNELS = 3, MOST = 5 * TILE + 7, STRIDE = MOST + 3, PLACES = SEGMENTS, RUNS = 4 };

static SAMPLE in[CHANNELS * STRIDE], out[CHANNELS * STRIDE];
static double expected[CHANNELS][MOST], made[MOST];
static double truth[CHANNELS][STATES];
static double rows[BANK * BANKS][5]; /* b0 b1 b2 -a1 -a2 */
static REAL coefficients[GAINS + 5 * BANK * BANKS], response[BANKS * FRAMES * ORDER];
static STATE exact[GAINS + 5 * BANK * BANKS], powers[BANKS * (LEVELS + 1) * ORDER * ORDER];
static STATE run_power[STATES * STATES], state[STATES * PLACES];
static STATE starts[CHANNELS * RUNS * STATES], stops[CHANNELS * RUNS * STATES];
static integer frames, runs, run_frames, skip, writes, scans;

static double step(int first, int sections, double x, double *s) {
  for (int k = 0; k < sections; k++) {
    const double *c = rows[first + k];
    double y = c[0] * x + s[2 * k];
    s[2 * k] = c[1] * x + c[3] * y + s[2 * k + 1];
    s[2 * k + 1] = c[2] * x + c[4] * y;
    x = y;
  }
  return x;
}

/* A^n of some sections, by what becomes of each unit state. */
static void power(int first, int sections, integer n, STATE *matrix) {
  int order = 2 * sections;
  for (int c = 0; c < order; c++) {
    double s[STATES] = {0};
    s[c] = 1;
    for (integer t = 0; t < n; t++) step(first, sections, 0, s);
    for (int r = 0; r < order; r++) matrix[r * order + c] = (STATE)s[r];
  }
}

static void make_tables(double radius) {
  for (int k = 0; k < BANK * BANKS; k++) {
    double angle = 0.3 + 0.2 * k;
    double row[5] = {0.5, 0.2, 0.1, 2 * radius * cos(angle), -radius * radius};
    memcpy(rows[k], row, sizeof row);
    for (int i = 0; i < 5; i++) coefficients[GAINS + 5 * k + i] = (REAL)(exact[GAINS + 5 * k + i] = (STATE)row[i]);
  }
  coefficients[0] = exact[0] = 2;
  coefficients[1] = exact[1] = (STATE)0.5;
  for (int b = 0; b < BANKS; b++) {
    for (int r = 0; r < ORDER; r++) {
      double s[ORDER] = {0};
      s[r] = 1;
      for (int t = 0; t < FRAMES; t++) response[(b * FRAMES + t) * ORDER + r] = (REAL)step(b * BANK, BANK, 0, s);
    }
    for (int l = 0; l <= LEVELS; l++) {
      power(b * BANK, BANK, (integer)FRAMES << l, powers + (b * (LEVELS + 1) + l) * ORDER * ORDER);
    }
  }
}

static void channels_kernel(void) {
  cascade_channels(in, 1, STRIDE, out, 2, STRIDE, frames, CHANNELS, exact, state, PLACES);
}

static void whole_kernel(void) {
  cascade_runs(in, 1, STRIDE, out, 2, STRIDE, frames, 1, frames, 0, 1, coefficients, response, powers, exact, state,
               state, PLACES, 1);
}

static void runs_kernel(void) {
  cascade_runs(in, 1, STRIDE, out, 2, STRIDE, frames, runs, run_frames, skip, writes, coefficients, response, powers,
               exact, starts, stops, 1, STATES);
}

static void start_kernel(void) { cascade_start(runs, scans, run_power, state, PLACES, stops, starts); }

static void finish_kernel(void) {
  cascade_finish(out, 2, STRIDE, frames, runs, run_frames, stops, state, PLACES);
}

static void several(void) {
  skip = scans ? 0 : run_frames - TILE;
  writes = 0;
  launch(CHANNELS * runs, runs_kernel);
  launch(CHANNELS, start_kernel);
  skip = 0;
  writes = 1;
  launch(CHANNELS * runs, runs_kernel);
  launch(CHANNELS * runs, finish_kernel);
}

static void expect(void) {
  for (int c = 0; c < CHANNELS; c++) {
    for (integer t = 0; t < frames; t++) expected[c][t] = 0.5 * step(0, BANK * BANKS, 2 * (double)in[c * STRIDE + 1 + t], truth[c]);
  }
}

static void check(const char *name, double most) {
  char what[100];
  for (int c = 0; c < CHANNELS; c++) {
    double s[STATES];
    snprintf(what, sizeof what, "%s, channel %d, %ld frames", name, c, (long)frames);
    for (integer t = 0; t < frames; t++) made[t] = out[c * STRIDE + 2 + t];
    require_close(what, expected[c], made, frames, most);
    for (int r = 0; r < STATES; r++) s[r] = state[r * PLACES + c];
    require_close(what, truth[c], s, STATES, most);
  }
}

static void run(const char *name, void (*filter)(void), double most) {
  integer lengths[] = {1, 3, FRAMES, TILE - 1, TILE, TILE + 1, 3 * TILE, MOST};
  memset(state, 0, sizeof state);
  memset(truth, 0, sizeof truth);
  for (unsigned i = 0; i < sizeof lengths / sizeof *lengths; i++) {
    frames = lengths[i];
    for (int k = 0; k < CHANNELS * STRIDE; k++) in[k] = (SAMPLE)noise();
    expect();
    filter();
    check(name, most);
  }
}

static void by_channel(void) { launch((CHANNELS + SEGMENTS - 1) / SEGMENTS, channels_kernel); }

static void by_tile(void) { launch(CHANNELS, whole_kernel); }

static void by_runs(void) {
  run_frames = 2 * TILE;
  runs = (frames + run_frames - 1) / run_frames;
  if (runs > 1) several(); else by_tile();
}

int main(void) {
  double most = sizeof(REAL) == 4 ? 1e-5 : sizeof(SAMPLE) == 4 ? 1e-7 : 1e-12;
  make_tables(0.4); /* forgotten after a tile */
  run("runs", by_runs, most);
  make_tables(0.97);
  power(0, BANK * BANKS, 2 * TILE, run_power);
  run("channels", by_channel, most);
  run("tiles", by_tile, most);
  scans = 1;
  run("scanned runs", by_runs, most);
  return 0;
}
