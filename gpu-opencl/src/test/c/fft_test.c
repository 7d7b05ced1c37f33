/* fft.cl and dft.cl against the sum that defines them, and back. LENGTH says which. */
#ifdef BY_SUM
#include "../../../../kernels/dft.cl"
#define forward dft_forward
#define inverse dft_inverse
#define ROOTS LENGTH
#define BINS (LENGTH / 2 + 1)
#define COUNTS BLOCKS, LENGTH
#else
#include "../../../../kernels/fft.cl"
#define forward fft_forward
#define inverse fft_inverse
#define ROOTS (LENGTH / 2)
#define COUNTS BLOCKS
#endif

#include "work_group.h"

enum { CHANNELS = 2, BLOCKS = 3, FRAMES = BLOCKS * LENGTH, WIDTH = FRAMES + 5, SPECTRUM = BLOCKS * BINS };

static REAL line[CHANNELS * WIDTH], spectra[2 * CHANNELS * WIDTH], roots[2 * ROOTS + 2];
static REAL one[1] = {1}, scale[1] = {(REAL)1 / LENGTH};
static SAMPLE bins[2 * CHANNELS * SPECTRUM], back[CHANNELS * FRAMES];
static double expected[FRAMES], made[FRAMES];

static void forward_kernel(void) { forward(line, WIDTH, bins, 0, SPECTRUM, COUNTS, one, roots); }

static void inverse_kernel(void) { inverse(spectra, WIDTH, back, 0, FRAMES, COUNTS, scale, roots); }

static void check_plane(int plane, double most) {
  const REAL *x = line + plane / 2 * WIDTH;
  for (int i = 0; i < SPECTRUM; i++) {
    expected[i] = 0;
    for (int t = 0; t < LENGTH; t++) {
      double angle = 2 * M_PI * ((i % BINS) * t % LENGTH) / LENGTH;
      expected[i] += x[i / BINS * LENGTH + t] * (plane % 2 ? -sin(angle) : cos(angle));
    }
    made[i] = bins[plane * SPECTRUM + i];
    spectra[plane * WIDTH + i] = (REAL)made[i];
  }
  require_close("forward", expected, made, SPECTRUM, most);
}

int main(void) {
  double most = sizeof(REAL) == 4 || sizeof(SAMPLE) == 4 ? 1e-6 : 1e-13;
  for (int k = 0; k < ROOTS; k++) {
    roots[2 * k] = (REAL)cos(2 * M_PI * k / LENGTH);
    roots[2 * k + 1] = (REAL)-sin(2 * M_PI * k / LENGTH);
  }
  for (int i = 0; i < CHANNELS * WIDTH; i++) line[i] = (REAL)noise();
  launch(CHANNELS * BLOCKS, forward_kernel);
  for (int plane = 0; plane < 2 * CHANNELS; plane++) check_plane(plane, most);
  launch(CHANNELS * BLOCKS, inverse_kernel);
  for (int c = 0; c < CHANNELS; c++) {
    for (int i = 0; i < FRAMES; i++) {
      expected[i] = line[c * WIDTH + i];
      made[i] = back[c * FRAMES + i];
    }
    require_close("back", expected, made, FRAMES, most);
  }
  return 0;
}
