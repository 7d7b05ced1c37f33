/*
 * All kernels in all formats, for one instruction set: compiled once for each with its -m flags and VARIANT defined as
 * the suffix of its functions.
 */
#include <math.h>

#include "lanes.h"
#include "millrace.h"
#include "period.h"
#include "turn.h"
#include "wings.h"

/* Sections together: their state must fit the registers, 32 or 16. */
#if defined(__AVX512F__) || defined(__aarch64__)
#define GROUP 4
#else
#define GROUP 2
#endif
/* Sections from which a frame's products take longer than the loop of a section in the form for low-passes. */
#define LOW_FROM (VECTOR == 64 ? 3 : 4)
/* Bytes ahead. */
#define PREFETCH 1024

#define FORMAT f64
#include "format.h"
#include "tile.h"
#include "cascade.h"
#include "line.h"
#include "direct.h"
#include "spectrum.h"
#include "plan.h"
#include "fir.h"
#include "sums.h"
#include "resample.h"
#include "mix.h"
#include "at.h"
#undef FORMAT

/* before f32, which sums some of its terms in the same way */
#define FORMAT f32fast
#include "format.h"
#include "tile.h"
#include "cascade.h"
#include "line.h"
#include "direct.h"
#include "spectrum.h"
#include "plan.h"
#include "fir.h"
#include "sums.h"
#include "resample.h"
#include "mix.h"
#include "at.h"
#undef FORMAT

#define FORMAT f32
#include "format.h"
#include "tile.h"
#include "cascade.h"
#include "line.h"
#include "direct.h"
#include "spectrum.h"
#include "plan.h"
#include "fir.h"
#include "sums.h"
#include "resample.h"
#include "mix.h"
#include "at.h"
#undef FORMAT
