/*
 * Numbers as they lie in files: of any alignment, in either byte order, and of 24 bits.
 */
#include <stdint.h>
#include <string.h>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

/* Numbers anywhere in memory. */
typedef int8_t i8;
typedef uint8_t u8;
typedef int16_t i16 __attribute__((aligned(1), may_alias));
typedef uint16_t u16 __attribute__((aligned(1), may_alias));
typedef int32_t i32 __attribute__((aligned(1), may_alias));
typedef uint32_t u32 __attribute__((aligned(1), may_alias));
typedef int64_t i64 __attribute__((aligned(1), may_alias));
typedef uint64_t u64 __attribute__((aligned(1), may_alias));
typedef float f32 __attribute__((aligned(1), may_alias));
typedef double f64 __attribute__((aligned(1), may_alias));

static void swap(const uint8_t *from, int64_t bytes, uint8_t *to, int64_t count) {
  switch (bytes) {
    case 2:
      for (int64_t i = 0; i < count; i++) ((u16 *)to)[i] = __builtin_bswap16(((const u16 *)from)[i]);
      break;
    case 3:
      for (int64_t i = 0; i < 3 * count; i += 3) {
        uint8_t first = from[i], middle = from[i + 1], last = from[i + 2];
        to[i] = last, to[i + 1] = middle, to[i + 2] = first;
      }
      break;
    case 4:
      for (int64_t i = 0; i < count; i++) ((u32 *)to)[i] = __builtin_bswap32(((const u32 *)from)[i]);
      break;
    case 8:
      for (int64_t i = 0; i < count; i++) ((u64 *)to)[i] = __builtin_bswap64(((const u64 *)from)[i]);
      break;
    default: memcpy(to, from, (size_t)(bytes * count));
  }
}

/* Integers of 24 bits, spread to 32 and back: four to a lane of 128 bits. */
#if defined(__AVX512BW__)
#define PACK 16
static inline void unpack24(const uint8_t *from, int32_t *to) {
  const __m512i lanes = _mm512_setr_epi32(0, 1, 2, 2, 3, 4, 5, 5, 6, 7, 8, 8, 9, 10, 11, 11);
  const __m512i spread = _mm512_broadcast_i32x4(
      _mm_setr_epi8(-1, 0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11));
  __m512i bytes = _mm512_maskz_loadu_epi32(0x0FFF, from);
  bytes = _mm512_shuffle_epi8(_mm512_permutexvar_epi32(lanes, bytes), spread);
  _mm512_storeu_si512(to, _mm512_srai_epi32(bytes, 8));
}
static inline void pack24(const int32_t *from, uint8_t *to) {
  const __m512i lanes = _mm512_setr_epi32(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 3, 7, 11, 15);
  const __m512i close = _mm512_broadcast_i32x4(
      _mm_setr_epi8(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1));
  __m512i bytes = _mm512_shuffle_epi8(_mm512_loadu_si512(from), close);
  _mm512_mask_storeu_epi32(to, 0x0FFF, _mm512_permutexvar_epi32(lanes, bytes));
}
#elif defined(__AVX2__)
#define PACK 8
static inline void unpack24(const uint8_t *from, int32_t *to) {
  const __m256i spread = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(-1, 0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11));
  __m128i low = _mm_loadu_si128((const __m128i *)from);
  /* the last four, from where 16 bytes end with theirs */
  __m128i high = _mm_srli_si128(_mm_loadu_si128((const __m128i *)(from + 8)), 4);
  __m256i bytes = _mm256_shuffle_epi8(_mm256_set_m128i(high, low), spread);
  _mm256_storeu_si256((__m256i *)to, _mm256_srai_epi32(bytes, 8));
}
static inline void pack24(const int32_t *from, uint8_t *to) {
  const __m256i close = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, -1, -1, -1, -1));
  const __m256i lanes = _mm256_setr_epi32(0, 1, 2, 4, 5, 6, 3, 7);
  __m256i bytes = _mm256_shuffle_epi8(_mm256_loadu_si256((const __m256i *)from), close);
  bytes = _mm256_permutevar8x32_epi32(bytes, lanes);
  _mm_storeu_si128((__m128i *)to, _mm256_castsi256_si128(bytes));
  _mm_storel_epi64((__m128i *)(to + 16), _mm256_extracti128_si256(bytes, 1));
}
#else
#define PACK 1
static inline void unpack24(const uint8_t *from, int32_t *to) {
  *to = (int32_t)((uint32_t)from[0] << 8 | (uint32_t)from[1] << 16 | (uint32_t)from[2] << 24) >> 8;
}
static inline void pack24(const int32_t *from, uint8_t *to) {
  uint32_t value = (uint32_t)*from;
  to[0] = (uint8_t)value, to[1] = (uint8_t)(value >> 8), to[2] = (uint8_t)(value >> 16);
}
#endif

static void unpack24s(const uint8_t *from, int32_t *to, int64_t count) {
  int64_t i = 0;
  for (; i + PACK <= count; i += PACK) unpack24(from + 3 * i, to + i);
  for (; i < count; i++) {
    const uint8_t *b = from + 3 * i;
    to[i] = (int32_t)((uint32_t)b[0] << 8 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 24) >> 8;
  }
}

static void pack24s(const int32_t *from, uint8_t *to, int64_t count) {
  int64_t i = 0;
  for (; i + PACK <= count; i += PACK) pack24(from + i, to + 3 * i);
  for (; i < count; i++) {
    uint32_t value = (uint32_t)from[i];
    to[3 * i] = (uint8_t)value, to[3 * i + 1] = (uint8_t)(value >> 8), to[3 * i + 2] = (uint8_t)(value >> 16);
  }
}
