#include "check.h"

long checks, failures;

/* Function types that differ in void for the sample type; the calling convention knows one pointer. */
#pragma GCC diagnostic ignored "-Wcast-function-type"

#define KERNELS(suffix)                                        \
  {                                                            \
    (cascade_kernel *)millrace_cascade_##suffix,               \
    (state_kernel *)millrace_cascade_state_##suffix,           \
  }
#define KERNELS_OF(v) \
  { #v, { KERNELS(f64_##v), KERNELS(f32_##v), KERNELS(f32fast_##v) } }

const variant variants[] = {
#if defined(__x86_64__)
    KERNELS_OF(sse2), KERNELS_OF(avx2), KERNELS_OF(avx512),
#else
    KERNELS_OF(neon),
#endif
};
const int variant_count = sizeof variants / sizeof *variants;
