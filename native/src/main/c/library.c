/* What the library holds and what does not depend on the instruction set. */
#include <stddef.h>

#include "millrace.h"

/* Each struct with its size, each member with its offset: asserted here, told to callers by millrace_abi_text. */
#define CASCADE(X) \
  X(cascade, sections, 0)       \
  X(cascade, coefficients, 8)   \
  X(cascade, scale, 16)         \
  X(cascade, load_gain, 24)     \
  X(cascade, store_gain, 32)    \
  X(cascade, decay, 40)         \
  X(cascade, lengths, 48)       \
  X(cascade, segments, 56)      \
  X(cascade, powers, 64)        \
  X(cascade, flags, 72)
#define FIR(X)           \
  X(fir, taps, 0)        \
  X(fir, longest, 8)     \
  X(fir, load_gain, 16)  \
  X(fir, store_gain, 24) \
  X(fir, tables, 32)     \
  X(fir, flags, 40)
#define RESAMPLER(X)           \
  X(resampler, up, 0)          \
  X(resampler, down, 8)        \
  X(resampler, width, 16)      \
  X(resampler, load_gain, 24)  \
  X(resampler, store_gain, 32) \
  X(resampler, table, 40)
#define OUTPUTS(X)     \
  X(outputs, index, 0) \
  X(outputs, ahead, 8) \
  X(outputs, most, 16) \
  X(outputs, past, 24)
#define MIX(X)        \
  X(mix, inputs, 0)   \
  X(mix, outputs, 8)  \
  X(mix, weights, 16) \
  X(mix, flags, 24)
#define FRAMES(X)         \
  X(frames, encoding, 0)  \
  X(frames, flags, 8)     \
  X(frames, position, 16) \
  X(frames, peak32, 24)   \
  X(frames, peak64, 32)   \
  X(frames, clipped, 40)  \
  X(frames, undefined, 48)
#define STRUCTS(S)             \
  S(cascade, 80, CASCADE)      \
  S(fir, 48, FIR)              \
  S(resampler, 48, RESAMPLER)  \
  S(outputs, 32, OUTPUTS)      \
  S(mix, 32, MIX)              \
  S(frames, 56, FRAMES)

#define ASSERT_MEMBER(name, member, at) \
  _Static_assert(offsetof(millrace_##name, member) == at, #name "." #member " is not at " #at);
#define ASSERT_STRUCT(name, bytes, members) \
  members(ASSERT_MEMBER) _Static_assert(sizeof(millrace_##name) == bytes, #name " has not " #bytes " bytes");
STRUCTS(ASSERT_STRUCT)

#define WORDS(value) #value
#define TEXT(value) WORDS(value)
#define TEXT_MEMBER(name, member, at) " " #member " " #at
#define TEXT_STRUCT(name, bytes, members) "\n" #name " " #bytes members(TEXT_MEMBER)

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
  return sections * MILLRACE_SCRATCH_SECTION + MILLRACE_SCRATCH_REST;
}

#define ABI                                                                                                            \
  "version " TEXT(MILLRACE_VERSION) "\nflags stream " TEXT(MILLRACE_STREAM) " serial " TEXT(MILLRACE_SERIAL)           \
      " hold " TEXT(MILLRACE_HOLD) " swapped " TEXT(MILLRACE_SWAPPED) " counts " TEXT(MILLRACE_COUNTS)                 \
      " wide " TEXT(MILLRACE_WIDE) " dither " TEXT(MILLRACE_DITHER) "\nscratch " TEXT(MILLRACE_SCRATCH_SECTION) " "    \
      TEXT(MILLRACE_SCRATCH_REST) STRUCTS(TEXT_STRUCT)

char millrace_abi_text[sizeof ABI + 64] = ABI;

/* when the library is loaded: to call a function for it would take its caller some milliseconds to link */
__attribute__((constructor)) static void name_variants(void) {
  char *end = millrace_abi_text + sizeof ABI - 1;
  const char *name;
  for (int64_t i = 0; (name = millrace_variant(i)); i++) {
    *end++ = '\n';
    while (*name) *end++ = *name++;
  }
}
