/* The words in which OpenCL C 1.2, CUDA C and C99 differ. Everything else in this folder is the common subset.
 *
 * In front of every file stand, as compile-time constants, the types SAMPLE (in memory), REAL (arithmetic) and STATE
 * (carried state), and ITEMS, the work-items of a work-group. Each kernel has a grid of one dimension, and only memory
 * and 64-bit integers as arguments. */

#if !defined(KERNEL)

#if defined(__OPENCL_VERSION__)

#if defined(cl_khr_fp64)
#pragma OPENCL EXTENSION cl_khr_fp64 : enable
#endif
#define KERNEL __kernel __attribute__((reqd_work_group_size(ITEMS, 1, 1)))
#define FUNCTION static inline
#define GLOBAL __global
#define LOCAL __local
#define LOCAL_ARRAY(type, name, count) __local type name[count]
#define BARRIER barrier(CLK_LOCAL_MEM_FENCE)
#define ITEM ((int)get_local_id(0))
#define BLOCK ((integer)get_group_id(0))
#define UNROLL _Pragma("unroll")
#define NOT_A_NUMBER NAN
typedef long integer;

#elif defined(__CUDACC__)

#define KERNEL extern "C" __global__ __launch_bounds__(ITEMS)
#define FUNCTION static __device__ __forceinline__
#define GLOBAL
#define LOCAL
#define LOCAL_ARRAY(type, name, count) __shared__ type name[count]
#define BARRIER __syncthreads()
#define ITEM ((int)threadIdx.x)
#define BLOCK ((integer)blockIdx.x)
#define UNROLL _Pragma("unroll")
#define NOT_A_NUMBER nanf("")
typedef long long integer;

#else /* plain C: a work-group is a set of threads, and one work-group runs at a time */

#include <math.h>
#include <stdint.h>
#define KERNEL
#define FUNCTION static inline
#define GLOBAL
#define LOCAL
#define LOCAL_ARRAY(type, name, count) static type name[count]
#define BARRIER work_group_barrier()
#define ITEM work_item
#define BLOCK work_group
#define UNROLL
#define NOT_A_NUMBER NAN
typedef int64_t integer;
void work_group_barrier(void);
extern _Thread_local int work_item;
extern _Thread_local integer work_group;

#endif

/* Where LANES is more than 1, an item is that many neighbours at once, in one vector of the processor. */
#if !defined(LANES)
#define LANES 1
#endif
#if LANES > 1
#define JOIN(a, b) a##b
#define WIDE(a, b) JOIN(a, b)
#define reals WIDE(REAL, LANES)
#define states WIDE(STATE, LANES)
#define TO_STATES(x) WIDE(WIDE(convert_, STATE), LANES)(x)
#define TO_REALS(x) WIDE(WIDE(convert_, REAL), LANES)(x)
#define LOAD(at) WIDE(vload, LANES)(0, at)
#define STORE(x, at) WIDE(vstore, LANES)(x, 0, at)
#else
#define reals REAL
#define states STATE
#define TO_STATES(x) ((STATE)(x))
#define TO_REALS(x) ((REAL)(x))
#define LOAD(at) (*(at))
#define STORE(x, at) (*(at) = (x))
#endif

/* State below this is silence, set to 0 at the end of each tile: far above the subnormals of the arithmetic type. */
#if defined(__OPENCL_VERSION__) && !defined(cl_khr_fp64)
#define SILENCE 1e-30f
#else
#define SILENCE (sizeof(REAL) == 4 ? (STATE)1e-30f : (STATE)(1e-100 * 1e-100))
#endif
#define QUIET(x) (fabs(x) < SILENCE ? (states)(0) : (x))

FUNCTION integer least(integer a, integer b) { return a < b ? a : b; }

#endif
