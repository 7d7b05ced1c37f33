/* What the library holds and what does not depend on the instruction set. */
#include <stddef.h>

#include "millrace.h"

static int supported(int64_t i) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  switch (i) {
    case 0:
      return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
             __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("fma");
    case 1: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    default: return 1;
  }
#else
  return i >= 0;
#endif
}

const char *millrace_variant(int64_t i) {
#if defined(__x86_64__)
  static const char *const names[] = {"avx512", "avx2", "sse2"};
#elif defined(__aarch64__)
  static const char *const names[] = {"neon"};
#endif
  for (int64_t k = 0; k < (int64_t)(sizeof names / sizeof *names); k++) {
    if (supported(k) && i-- == 0) return names[k];
  }
  return NULL;
}

int64_t millrace_cascade_scratch(int64_t sections) {
  /* state of all lanes, initial states of 16 and one more, coefficients; a piece of the serial form */
  return sections * (2 * 64 + 2 * 17 * 8 + 5 * 8) + 512 * 8 + 64;
}
