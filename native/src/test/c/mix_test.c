/* Mixes against the defining sum, apart and in place, at any alignment, between guard bands. */
#include <math.h>
#include <stdlib.h>

#include "check.h"

enum { GUARD = 64, MOST = 9, LONGEST = 1000 };

typedef struct {
  const variant *v;
  enum format format;
  int64_t inputs, outputs, frames, skew, flags;
  bool in_place;
} call;

static const char *text(const call *c) {
  static char buffer[200];
  snprintf(buffer, sizeof buffer, "%s %s: %ld to %ld channels, %ld frames, skew %ld, flags %ld%s", c->v->name,
           format_names[c->format], (long)c->inputs, (long)c->outputs, (long)c->frames, (long)c->skew, (long)c->flags,
           c->in_place ? ", in place" : "");
  return buffer;
}

/* Channels of a buffer, each GUARD bytes after the one before, and what lies between them. */
typedef struct {
  char *memory, *base;
  int64_t stride, size;
} buffer;

static buffer buffer_of(const call *c, int64_t channels) {
  buffer b = {.stride = c->frames * sample_bytes[c->format] + GUARD};
  b.size = b.stride * channels + GUARD + c->skew;
  b.memory = aligned_alloc(64, (size_t)(b.size + 63) / 64 * 64);
  memset(b.memory, 0x5a, (size_t)b.size);
  b.base = b.memory + GUARD + c->skew;
  return b;
}

static void run_case(const call *c) {
  uint32_t seed = (uint32_t)(c->frames + 10 * c->inputs);
  static double x[MOST][LONGEST], weights[MOST * MOST];
  for (int64_t i = 0; i < c->inputs * c->outputs; i++) weights[i] = noise(&seed);
  millrace_mix mix = {c->inputs, c->outputs, weights, c->flags};
  buffer in = buffer_of(c, c->inputs), out = c->in_place ? in : buffer_of(c, c->outputs);
  for (int64_t i = 0; i < c->inputs; i++) {
    for (int64_t t = 0; t < c->frames; t++) put(c->format, in.base + i * in.stride, t, x[i][t] = noise(&seed));
  }
  const mix_kernels *kernel = &c->v->of[c->format].mix;
  void *scratch = malloc((size_t)kernel->scratch_bytes(&mix));
  kernel->run(&mix, in.base, in.stride, out.base, out.stride, c->frames, scratch);
  static const double limits[] = {1e-15, 1.3e-7, 1e-6};
  for (int64_t o = 0; o < c->outputs; o++) {
    for (int64_t t = 0; t < c->frames; t++) {
      double sum = 0, size = 0;
      for (int64_t i = 0; i < c->inputs; i++) {
        sum += weights[o * c->inputs + i] * x[i][t];
        size += fabs(weights[o * c->inputs + i] * x[i][t]);
      }
      double y = get(c->format, out.base + o * out.stride, t);
      CHECK(fabs(y - sum) <= limits[c->format] * size, "%s: output %ld frame %ld is %.17g, expected %.17g", text(c),
            (long)o, (long)t, y, sum);
    }
  }
  bool intact = true;
  for (int64_t i = 0; i < GUARD + c->skew; i++) intact &= out.memory[i] == 0x5a;
  for (int64_t o = 0; o < c->outputs; o++) {
    const char *end = out.base + (o + 1) * out.stride - GUARD;
    for (int64_t i = 0; i < GUARD && end + i < out.memory + out.size; i++) intact &= end[i] == 0x5a;
  }
  CHECK(intact, "%s: wrote outside of its output", text(c));
  free(scratch);
  free(in.memory);
  if (!c->in_place) free(out.memory);
}

void mix_tests(void) {
  static const int64_t shapes[][2] = {{1, 1}, {2, 2}, {2, 1}, {1, 2}, {3, 5}, {9, 9}, {9, 1}};
  static const int64_t lengths[] = {0, 1, 2, 3, 15, 16, 17, 63, 64, 65, 127, 200, LONGEST};
  for (int v = 0; v < variant_count; v++) {
    if (!runs(&variants[v])) continue;
    for (int64_t i = 0; i < 7 * 13 * FORMATS * 3 * 2; i++) {
      call c = {.v = &variants[v], .format = (enum format)(i / (7 * 13) % FORMATS)};
      c.inputs = shapes[i % 7][0];
      c.outputs = shapes[i % 7][1];
      c.frames = lengths[i / 7 % 13];
      c.skew = (int64_t[]){0, 8, 3}[i / (7 * 13 * FORMATS) % 3];
      c.flags = i / (7 * 13 * FORMATS * 3) ? MILLRACE_STREAM : 0;
      run_case(&c);
      c.in_place = true;
      if (c.inputs == c.outputs) run_case(&c);
    }
  }
}
