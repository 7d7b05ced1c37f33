/* What a CUDA driver without a device keeps: memory in the host's, work of a stream until someone waits for it. */
#include <stdint.h>

#ifdef WITH_CUDA_H
#include <cuda.h>
#else
typedef int CUresult, CUdevice, CUjit_option, CUdevice_attribute, CUstreamCaptureMode, CUpointer_attribute;
typedef unsigned long long CUdeviceptr;
typedef void *CUcontext, *CUmodule, *CUfunction, *CUstream, *CUgraph, *CUgraphExec;
typedef struct {
  char bytes[16];
} CUuuid;
#endif

enum { MOST_ARGUMENTS = 24 };

typedef struct module module;
typedef struct function function;
typedef struct node node;

struct function {
  module *of;
  void (*kernel)();
  int arguments;
};

/* One thing to do: a copy where `function` is null. */
struct node {
  function *call;
  int64_t groups;
  int64_t values[MOST_ARGUMENTS];
  void *to;
  const void *from;
  uint64_t bytes;
  node *next;
};

/* Work in order. */
typedef struct {
  node *first, **last;
} work;

void work_add(work *to, node what);
void work_run(work *what);
void work_clear(work *what);
void work_copy(work *to, const work *from);

/* Compiles and loads the kernel file that the first line of a PTX text names; null, with words in the log, if not. */
module *module_load(const char *ptx, char *log, uint64_t log_bytes);
function *module_function(module *from, const char *name);

/* Items of a work-group, for which the function's file was compiled. */
unsigned function_items(const function *what);

/* Where the kernels are, where the sources of this driver, and where what is compiled may be kept. */
extern char kernels_folder[4096], sources_folder[4096], build_folder[4096];

/* Error codes of the driver API. */
enum { OUT_OF_MEMORY = 2, NO_DEVICE = 100, INVALID_DEVICE = 101, NO_CONTEXT = 201, INVALID_PTX = 218 };
enum { BAD_HANDLE = 400, NOT_FOUND = 500, DESTROYED = 709, BAD_VALUE = 1 };

/* The machine, as the test wants it. */
extern int fake_devices, fake_version;
extern int64_t fake_room;

/* Begins a call, one at a time: the code with which it is to fail, or 0. */
int fake_enter(const char *name, int wants_context);
void fake_leave(int *unused);

#define ENTER(name, wants_context)                       \
  __attribute__((cleanup(fake_leave))) int unlocks = 0;      \
  int entered = fake_enter(name, wants_context);              \
  (void)unlocks, (void)entered
#define BEGIN(name)      \
  ENTER(name, 1);        \
  if (entered) return entered
