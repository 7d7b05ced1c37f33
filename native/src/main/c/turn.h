/*
 * Square matrices of samples that turn in registers: rows become columns.
 *
 * A vector is CHUNKS chunks of 16 bytes. First the square within each chunk turns, by instructions that do not cross
 * chunks and are the cheapest there are, then the matrix of chunks.
 */
#ifndef MILLRACE_TURN_H
#define MILLRACE_TURN_H

#include "lanes.h"

#define CHUNKS (VECTOR / 16)

#if defined(__clang__) || __GNUC__ >= 12
#define SHUFFLE(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#define SHUFFLE_VD(a, b, ...) SHUFFLE(a, b, __VA_ARGS__)
#define SHUFFLE_VF(a, b, ...) SHUFFLE(a, b, __VA_ARGS__)
#else
typedef int64_t vd_index __attribute__((vector_size(VECTOR)));
typedef int32_t vf_index __attribute__((vector_size(VECTOR)));
#define SHUFFLE_VD(a, b, ...) __builtin_shuffle(a, b, (vd_index){__VA_ARGS__})
#define SHUFFLE_VF(a, b, ...) __builtin_shuffle(a, b, (vf_index){__VA_ARGS__})
#endif

/* low and high: a0 b0 .. of each chunk; even and odd: of all chunks of a, then of b */
#if VECTOR == 64
INLINE vd low_vd(vd a, vd b) { return SHUFFLE_VD(a, b, 0, 8, 2, 10, 4, 12, 6, 14); }
INLINE vd high_vd(vd a, vd b) { return SHUFFLE_VD(a, b, 1, 9, 3, 11, 5, 13, 7, 15); }
INLINE vf low_vf(vf a, vf b) { return SHUFFLE_VF(a, b, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29); }
INLINE vf high_vf(vf a, vf b) { return SHUFFLE_VF(a, b, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31); }
INLINE vd even_vd(vd a, vd b) { return SHUFFLE_VD(a, b, 0, 1, 4, 5, 8, 9, 12, 13); }
INLINE vd odd_vd(vd a, vd b) { return SHUFFLE_VD(a, b, 2, 3, 6, 7, 10, 11, 14, 15); }
#elif VECTOR == 32
INLINE vd low_vd(vd a, vd b) { return SHUFFLE_VD(a, b, 0, 4, 2, 6); }
INLINE vd high_vd(vd a, vd b) { return SHUFFLE_VD(a, b, 1, 5, 3, 7); }
INLINE vf low_vf(vf a, vf b) { return SHUFFLE_VF(a, b, 0, 8, 1, 9, 4, 12, 5, 13); }
INLINE vf high_vf(vf a, vf b) { return SHUFFLE_VF(a, b, 2, 10, 3, 11, 6, 14, 7, 15); }
INLINE vd even_vd(vd a, vd b) { return SHUFFLE_VD(a, b, 0, 1, 4, 5); }
INLINE vd odd_vd(vd a, vd b) { return SHUFFLE_VD(a, b, 2, 3, 6, 7); }
#endif
#if CHUNKS > 1
INLINE vf even_vf(vf a, vf b) { return (vf)even_vd((vd)a, (vd)b); }
INLINE vf odd_vf(vf a, vf b) { return (vf)odd_vd((vd)a, (vd)b); }
#else
INLINE vd low_vd(vd a, vd b) { return SHUFFLE_VD(a, b, 0, 2); }
INLINE vd high_vd(vd a, vd b) { return SHUFFLE_VD(a, b, 1, 3); }
INLINE vf low_vf(vf a, vf b) { return SHUFFLE_VF(a, b, 0, 4, 1, 5); }
INLINE vf high_vf(vf a, vf b) { return SHUFFLE_VF(a, b, 2, 6, 3, 7); }
#endif

/* two rows: the square of each chunk turns */
INLINE void turn_chunks_vd(vd *rows) {
  vd a = rows[0], b = rows[1];
  rows[0] = low_vd(a, b);
  rows[1] = high_vd(a, b);
}

/* four rows */
INLINE void turn_chunks_vf(vf *rows) {
  vf a = low_vf(rows[0], rows[1]), b = high_vf(rows[0], rows[1]);
  vf c = low_vf(rows[2], rows[3]), d = high_vf(rows[2], rows[3]);
  rows[0] = (vf)low_vd((vd)a, (vd)c);
  rows[1] = (vf)high_vd((vd)a, (vd)c);
  rows[2] = (vf)low_vd((vd)b, (vd)d);
  rows[3] = (vf)high_vd((vd)b, (vd)d);
}

/* The matrix of chunks of rows 0, step, 2 step, .. turns. */
#if CHUNKS == 4
#define TURN_MATRIX(type)                                                                                             \
  INLINE void turn_matrix_##type(type *rows, const int step) {                                                        \
    type a = even_##type(rows[0], rows[step]), b = even_##type(rows[2 * step], rows[3 * step]);                       \
    type c = odd_##type(rows[0], rows[step]), d = odd_##type(rows[2 * step], rows[3 * step]);                         \
    rows[0] = even_##type(a, b);                                                                                      \
    rows[step] = even_##type(c, d);                                                                                   \
    rows[2 * step] = odd_##type(a, b);                                                                                \
    rows[3 * step] = odd_##type(c, d);                                                                                \
  }
#elif CHUNKS == 2
#define TURN_MATRIX(type)                                       \
  INLINE void turn_matrix_##type(type *rows, const int step) {  \
    type a = rows[0], b = rows[step];                           \
    rows[0] = even_##type(a, b);                                \
    rows[step] = odd_##type(a, b);                              \
  }
#else
#define TURN_MATRIX(type) \
  INLINE void turn_matrix_##type(type *rows, const int step) { (void)rows, (void)step; }
#endif
TURN_MATRIX(vd)
TURN_MATRIX(vf)
#undef TURN_MATRIX

/* As many rows as a vector has entries. Its own inverse. */
INLINE void turn_vd(vd *rows) {
  UNROLL for (int i = 0; i < CHUNKS; i++) turn_chunks_vd(rows + 2 * i);
  UNROLL for (int j = 0; j < 2; j++) turn_matrix_vd(rows + j, 2);
}

INLINE void turn_vf(vf *rows) {
  UNROLL for (int i = 0; i < CHUNKS; i++) turn_chunks_vf(rows + 4 * i);
  UNROLL for (int j = 0; j < 4; j++) turn_matrix_vf(rows + j, 4);
}

/*
 * Half as many rows of floats as a vector has entries, to as many vectors of doubles of one column each, and back.
 */
#if CHUNKS == 1
INLINE void widen_turn(vf *rows, vd *columns) {
  vf a = low_vf(rows[0], rows[1]), b = high_vf(rows[0], rows[1]);
  columns[0] = widen_low(a);
  columns[1] = widen_high(a);
  columns[2] = widen_low(b);
  columns[3] = widen_high(b);
}
INLINE void narrow_turn(const vd *columns, vf *rows) {
  vf a = narrow_both(columns[0], columns[1]), b = narrow_both(columns[2], columns[3]);
  rows[0] = SHUFFLE_VF(a, b, 0, 2, 4, 6);
  rows[1] = SHUFFLE_VF(a, b, 1, 3, 5, 7);
}
#else
INLINE void widen_turn(vf *rows, vd *columns) {
  UNROLL for (int i = 0; i < CHUNKS / 2; i++) turn_chunks_vf(rows + 4 * i);
  UNROLL for (int j = 0; j < 4; j++) {
#if CHUNKS == 4
    vd a = (vd)rows[j], b = (vd)rows[4 + j];
    vf first = (vf)SHUFFLE_VD(a, b, 0, 1, 8, 9, 2, 3, 10, 11), last = (vf)SHUFFLE_VD(a, b, 4, 5, 12, 13, 6, 7, 14, 15);
    columns[8 + j] = widen_low(last);
    columns[12 + j] = widen_high(last);
#else
    vf first = rows[j];
#endif
    columns[j] = widen_low(first);
    columns[4 + j] = widen_high(first);
  }
}
INLINE void narrow_turn(const vd *columns, vf *rows) {
  UNROLL for (int j = 0; j < 4; j++) {
    rows[j] = narrow_both(columns[j], columns[4 + j]);
#if CHUNKS == 4
    vd a = (vd)rows[j], b = (vd)narrow_both(columns[8 + j], columns[12 + j]);
    rows[j] = (vf)SHUFFLE_VD(a, b, 0, 1, 4, 5, 8, 9, 12, 13);
    rows[4 + j] = (vf)SHUFFLE_VD(a, b, 2, 3, 6, 7, 10, 11, 14, 15);
#endif
  }
  UNROLL for (int i = 0; i < CHUNKS / 2; i++) turn_chunks_vf(rows + 4 * i);
}
#endif

#endif
