#include "check.h"

long checks, failures;

/* Function types that differ in void for the sample type; the calling convention knows one pointer. */
#pragma GCC diagnostic ignored "-Wcast-function-type"

#define RESAMPLE_KERNELS(suffix)                                                                       \
  {                                                                                                    \
    millrace_resample_table_bytes_##suffix, millrace_resample_table_##suffix,                          \
        millrace_resample_scratch_bytes_##suffix,                                                      \
        (int64_t (*)(const millrace_resampler *, const void *, int64_t, void *, const millrace_outputs *, \
                     void *))millrace_resample_##suffix,                                               \
  }
#define MIX_KERNELS(suffix)                                                                            \
  {                                                                                                    \
    millrace_mix_scratch_bytes_##suffix,                                                               \
        (void (*)(const millrace_mix *, const void *, int64_t, void *, int64_t, int64_t,               \
                  void *))millrace_mix_##suffix,                                                       \
  }
#define KERNELS(suffix)                                        \
  {                                                            \
    (cascade_kernel *)millrace_cascade_##suffix,               \
    (state_kernel *)millrace_cascade_state_##suffix,           \
    RESAMPLE_KERNELS(suffix),                                  \
    MIX_KERNELS(suffix),                                       \
    {                                                          \
      millrace_fir_table_bytes_##suffix,                       \
      millrace_fir_scratch_bytes_##suffix,                     \
      millrace_fir_tables_##suffix,                            \
      (fir_kernel *)millrace_fir_##suffix,                     \
      (past_kernel *)millrace_past_##suffix,                   \
    },                                                         \
  }
#define KERNELS_OF(v) \
  {                                                                                            \
    #v, {KERNELS(f64_##v), KERNELS(f32_##v), KERNELS(f32fast_##v)}, millrace_decode_at_##v,    \
        millrace_encode_at_##v,                                                                \
  }

const variant variants[] = {
#if defined(__x86_64__)
    KERNELS_OF(sse2), KERNELS_OF(avx2), KERNELS_OF(avx512),
#else
    KERNELS_OF(neon),
#endif
};
const int variant_count = sizeof variants / sizeof *variants;
