/* How lanes go through the sections, in one format of one variant; included by cascade.h. */

/*
 * Forms of a section: any; b0 = 1, as SciPy writes all but the first; and b = 1 2 1, as low-passes have them. An
 * addition instead of a multiply-add, with the same bits, and then s2' = x - a2 y, which saves a product.
 *
 * Of a section's operations on a vector of lanes 5, 4 and 3 are products, at one product of 512 bits a clock on Zen 4;
 * sums have pipes of their own there. On Intel all go through the same two: 5, 5 and 4. Low-passes on AVX-512 in the first
 * and in the last form, million frames a second: eight sections of float64 581 and 807, four 1,117 and 1,503, with float32
 * samples 568 and 786, 1,070 and 1,343; products alone allow eight 730 and 1,123, four 1,460 and 2,086 (2-core EPYC Zen 4 VM,
 * 3.65 GHz, 20,000 frames, of which 8 % are run twice, 2026-11-26).
 *
 * The last form waits 8 clocks a frame instead of 6 for what feeds back, so few sections do without it, and so does what
 * must give the bits of one frame after the other. It rounds y once more: a tenth more error in all, half of SciPy's; it
 * would lose what high-passes gain by not doing so.
 */
#define ANY 0
#define UNIT 1
#define LOW 2

/* The form of a section that multiplies by b0, or `form` if that is a more general one. */
static int N(form_of)(REAL b0, const double *c, int form) {
  if (b0 != 1) return ANY;
  bool low = c[0] == 1 && c[1] == 2 && c[2] == 1;
  return low || form == ANY ? form : UNIT;
}

/*
 * y = b0 x + s1;  s1 = b1 x - a1 y + s2;  s2 = b2 x - a2 y, with the first put into the others: what feeds back then
 * waits for one multiply-add a frame, not two, and b1 - a1 b0 is rounded once.
 */
INLINE rvec N(section)(const rvec *c, rvec *s, rvec x, const bool unit, const bool low) {
  rvec s1 = s[0];
  s[0] = R(madd)(c[3], s1, R(madd)(c[1], x, s[1]));
  if (unit && low) {
    rvec y = x + s1;
    s[1] = R(madd)(c[4], y, x);
    return y;
  }
  s[1] = R(madd)(c[4], s1, c[2] * x);
  return unit ? x + s1 : R(madd)(c[0], x, s1);
}

/*
 * With registers enough, neighbours do not wait for each other: frame t of a section is beside t + 1 of the one before.
 * Arithmetic in float32 is 3 % slower so with three sections and 4 % with eight, in float64 2 % faster (2-core Xeon VM with
 * AVX-512, 2026-11-27).
 */
INLINE void N(sections)(rvec *x, const rvec *c, rvec *s, const int group, const int unit, const bool low) {
  const int skew = VECTOR == 64 && sizeof(REAL) == sizeof(double);
  UNROLL for (int d = 0; d < FRAMES + skew * (group - 1); d++) {
    UNROLL for (int g = 0; g < group; g++) {
      int t = d - skew * g;
      if (t >= 0 && t < FRAMES) x[t] = N(section)(c + 5 * g, s + 2 * g, x[t], g >= unit, low);
    }
  }
}

INLINE void N(splat_all)(rvec *c, const REAL *from, const int group) {
  UNROLL for (int i = 0; i < 5 * group; i++) c[i] = R(splat)(from[i]);
}

/* What happens to a vector's worth of frames of all lanes once it is through: gain, and out. */
INLINE void N(finish)(const N(work) *w, const N(tile) *t, int64_t at, rvec *x, bool stream) {
  if (!t->out) return;
  if (w->store_gain != 1) {
    UNROLL for (int i = 0; i < FRAMES; i++) x[i] *= R(splat)(w->store_gain);
  }
  N(scatter)(x, t->out + at * (int64_t)sizeof(SAMPLE), t->out_stride, stream);
}

static bool N(streams)(const N(work) *w, const N(tile) *t) {
  return w->plan->flags & MILLRACE_STREAM && ((uintptr_t)t->out | (uintptr_t)t->out_stride) % VECTOR == 0;
}

/* Few sections: their state stays in registers. */
INLINE void N(sweep_few)(const N(work) *w, const N(tile) *t, int64_t from, int64_t to, const int group,
                         const int unit, const bool low) {
  bool stream = N(streams)(w, t);
  rvec c[5 * group], s[2 * group], x[FRAMES];
  N(splat_all)(c, w->coefficients, group);
  UNROLL for (int i = 0; i < 2 * group; i++) s[i] = w->state[i];
  for (int64_t at = from; at < to; at += FRAMES) {
    N(gather)(t->in + at * (int64_t)sizeof(SAMPLE), t->in_stride, x);
    N(sections)(x, c, s, group, unit, low);
    N(finish)(w, t, at, x, stream);
  }
  UNROLL for (int i = 0; i < 2 * group; i++) w->state[i] = s[i];
}

INLINE void N(some)(const N(work) *w, int64_t first, rvec *x, const int group, const int unit, const bool low) {
  rvec c[5 * group], s[2 * group];
  N(splat_all)(c, w->coefficients + 5 * first, group);
  UNROLL for (int i = 0; i < 2 * group; i++) s[i] = w->state[2 * first + i];
  N(sections)(x, c, s, group, unit, low);
  UNROLL for (int i = 0; i < 2 * group; i++) w->state[2 * first + i] = s[i];
}

#define SWEEP(size, name, unit, low)                                                                               \
  static __attribute__((noinline)) void N(name)(const N(work) *w, const N(tile) *t, int64_t from, int64_t to) {    \
    N(sweep_few)(w, t, from, to, size, unit, low);                                                                 \
  }
#define SOME(size, name, unit, low)                                                              \
  static __attribute__((noinline)) void N(name)(const N(work) *w, int64_t first, rvec *x) {      \
    N(some)(w, first, x, size, unit, low);                                                       \
  }
#define EACH_SIZE(size)                        \
  SWEEP(size, sweep##size, size, false)        \
  SWEEP(size, sweep_unit##size, 1, false)      \
  SWEEP(size, sweep_low##size, 1, true)        \
  SOME(size, some##size, size, false)          \
  SOME(size, some_unit##size, 1, false)        \
  SOME(size, some_low##size, 1, true)          \
  SOME(size, more_unit##size, 0, false)        \
  SOME(size, more_low##size, 0, true)
EACH_SIZE(1)
EACH_SIZE(2)
#if GROUP == 4
EACH_SIZE(3)
EACH_SIZE(4)
#define SIZES(name) {N(name##1), N(name##2), N(name##3), N(name##4)}
#else
#define SIZES(name) {N(name##1), N(name##2)}
#endif

typedef void (*N(sweeper))(const N(work) *w, const N(tile) *t, int64_t from, int64_t to);
typedef void (*N(grouper))(const N(work) *w, int64_t first, rvec *x);

/* by form */
static const N(sweeper) N(sweepers)[][GROUP] = {SIZES(sweep), SIZES(sweep_unit), SIZES(sweep_low)};
static const N(grouper) N(first_groupers)[][GROUP] = {SIZES(some), SIZES(some_unit), SIZES(some_low)};
static const N(grouper) N(more_groupers)[][GROUP] = {SIZES(some), SIZES(more_unit), SIZES(more_low)};
#undef SWEEP
#undef SOME
#undef EACH_SIZE
#undef SIZES

/* More sections: groups of nearly equal size, each at most GROUP. */
static void N(sweep_many)(const N(work) *w, const N(tile) *t, int64_t from, int64_t to) {
  bool stream = N(streams)(w, t);
  int64_t groups = (w->sections + GROUP - 1) / GROUP;
  rvec x[FRAMES];
  for (int64_t at = from; at < to; at += FRAMES) {
    N(gather)(t->in + at * (int64_t)sizeof(SAMPLE), t->in_stride, x);
    for (int64_t i = 0, first = 0; i < groups; i++) {
      int64_t end = (i + 1) * w->sections / groups;
      (i == 0 ? N(first_groupers) : N(more_groupers))[w->form][end - first - 1](w, first, x);
      first = end;
    }
    N(finish)(w, t, at, x, stream);
  }
}

/* Takes all lanes through frames [from, to), a multiple of FRAMES. */
static void N(sweep)(const N(work) *w, const N(tile) *t, int64_t from, int64_t to) {
  if (w->sections <= GROUP) {
    N(sweepers)[w->form][w->sections - 1](w, t, from, to);
  } else {
    N(sweep_many)(w, t, from, to);
  }
}
