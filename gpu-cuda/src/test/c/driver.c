/* A CUDA driver without a device: it computes, in the host's memory, with the kernels compiled as plain C. It is strict
 * where a real one is lenient: work of a stream is done only when someone waits for it, samples travel only by pinned
 * memory, every call wants a context of the calling thread, fresh memory is full of NaN. It fails when told to. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "driver.h"

enum { LOG = 5, LOG_BYTES = 6, POISONED = 1 << 16 };

typedef struct memory {
  char *at;
  uint64_t bytes;
  int pinned; /* 0 the device's, 1 the host's, 2 the caller's */
  struct memory *next;
} memory;

typedef struct stream {
  work todo;
  work *captured;
  struct stream *next;
} stream;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static memory *memories;
static stream *streams;
static int64_t live[6], used, calls, fails_at, faults;
enum { MEMORIES, HOST_MEMORIES, STREAMS, GRAPHS, CONTEXTS, MODULES };
int fake_devices = 1, fake_version = 13000;
int64_t fake_room = 4ll << 30;
static int code_to_fail, sticks, stuck, generation = 1;
static _Thread_local int current;
static char last[64];
static struct {
  const char *name;
  int64_t calls;
} counts[64];

/* What tests ask for and see. */
void fake_folders(const char *kernels, const char *sources, const char *build) {
  snprintf(kernels_folder, sizeof kernels_folder, "%s", kernels);
  snprintf(sources_folder, sizeof sources_folder, "%s", sources);
  snprintf(build_folder, sizeof build_folder, "%s", build);
}

void fake_machine(int count, int cuda, int64_t bytes) {
  fake_devices = count;
  fake_version = cuda;
  fake_room = bytes;
}

/* The call after `after` more fails with a code, and, if it sticks, so do all that follow in this context. */
void fake_fail(int64_t after, int code, int sticky) {
  calls = 0;
  stuck = 0;
  fails_at = after + 1;
  code_to_fail = code;
  sticks = sticky;
}

int64_t fake_calls(void) { return calls; }
/* Calls of one function, ever. */
int64_t fake_count(const char *name) {
  for (int i = 0; i < 64 && counts[i].name; i++) {
    if (!strcmp(counts[i].name, name)) return counts[i].calls;
  }
  return 0;
}

int64_t fake_faults(void) { return faults; }
int64_t fake_live(const char *kind) {
  static const char *const kinds[] = {"memories", "host memories", "streams", "graphs", "contexts", "modules"};
  for (int i = 0; i < 6; i++) {
    if (!strcmp(kinds[i], kind)) return live[i];
  }
  return -1;
}

const char *fake_last(void) { return last; }

void fake_leave(int *unused) { pthread_mutex_unlock(&lock); }

static int fault(const char *name, const char *what) {
  faults++;
  fprintf(stderr, "fake CUDA driver: %s: %s\n", name, what);
  return BAD_VALUE;
}

int fake_enter(const char *name, int wants_context) {
  pthread_mutex_lock(&lock);
  int at = 0;
  while (counts[at].name && strcmp(counts[at].name, name)) at++;
  counts[at].name = name;
  counts[at].calls++;
  if (++calls == fails_at) {
    snprintf(last, sizeof last, "%s", name);
    if (sticks) stuck = code_to_fail;
    return code_to_fail;
  }
  if (wants_context && current != generation) {
    fault(name, current ? "the thread's context is destroyed" : "the thread has no context");
    return current ? DESTROYED : NO_CONTEXT;
  }
  return stuck;
}

CUresult cuDevicePrimaryCtxRetain(CUcontext *out, CUdevice device) {
  ENTER("cuDevicePrimaryCtxRetain", 0);
  if (entered) return entered;
  live[CONTEXTS]++;
  *out = (CUcontext)(intptr_t)generation;
  return 0;
}

/* The last one to go takes all with it, what was stuck too. */
CUresult cuDevicePrimaryCtxRelease_v2(CUdevice device) {
  ENTER("cuDevicePrimaryCtxRelease_v2", 0);
  if (--live[CONTEXTS] == 0) {
    stuck = 0;
    generation++;
  }
  return 0;
}

CUresult cuCtxSetCurrent(CUcontext context) {
  ENTER("cuCtxSetCurrent", 0);
  if (entered) return entered;
  current = (int)(intptr_t)context;
  return current == generation ? 0 : DESTROYED;
}

CUresult cuModuleLoadDataEx(CUmodule *out, const void *image, unsigned count, CUjit_option *options, void **values) {
  ENTER("cuModuleLoadDataEx", 1);
  char *log = NULL;
  uint64_t bytes = 0;
  for (unsigned i = 0; i < count; i++) {
    if ((int)options[i] == LOG) log = values[i];
    if ((int)options[i] == LOG_BYTES) bytes = (uint64_t)(uintptr_t)values[i];
  }
  if (entered) {
    if (log) snprintf(log, bytes, "ptxas fatal   : as the test wants it\n");
    return entered;
  }
  *out = (CUmodule)module_load(image, log, bytes);
  live[MODULES] += *out != NULL;
  return *out ? 0 : INVALID_PTX;
}

CUresult cuModuleGetFunction(CUfunction *out, CUmodule module, const char *name) {
  BEGIN("cuModuleGetFunction");
  *out = (CUfunction)module_function((void *)module, name);
  return *out ? 0 : NOT_FOUND;
}

static memory *holds(const void *at, uint64_t bytes) {
  for (memory *m = memories; m; m = m->next) {
    if ((char *)at >= m->at && (char *)at + bytes <= m->at + m->bytes) return m;
  }
  return NULL;
}

static void *add(uint64_t bytes, int pinned, void *given) {
  char *at = given;
  if (!at) {
    at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memset(at, 0xff, bytes < POISONED ? bytes : POISONED);
  }
  memory *m = malloc(sizeof *m);
  *m = (memory){at, bytes, pinned, memories};
  memories = m;
  live[pinned ? HOST_MEMORIES : MEMORIES]++;
  used += pinned ? 0 : bytes;
  return at;
}

static int drop(const char *name, const void *at, int pinned) {
  for (memory **p = &memories; *p; p = &(*p)->next) {
    memory *m = *p;
    if (m->at == at && m->pinned == pinned) {
      *p = m->next;
      live[pinned ? HOST_MEMORIES : MEMORIES]--;
      used -= pinned ? 0 : m->bytes;
      if (pinned != 2) munmap(m->at, m->bytes);
      free(m);
      return 0;
    }
  }
  return fault(name, "no such memory");
}

CUresult cuMemAlloc_v2(CUdeviceptr *out, size_t bytes) {
  BEGIN("cuMemAlloc_v2");
  if (!bytes || used + (int64_t)bytes > fake_room) return bytes ? OUT_OF_MEMORY : BAD_VALUE;
  *out = (CUdeviceptr)(uintptr_t)add(bytes, 0, NULL);
  return 0;
}

/* Waits for all that is under way, as drivers do. */
CUresult cuMemFree_v2(CUdeviceptr at) {
  ENTER("cuMemFree_v2", 0);
  for (stream *s = streams; s; s = s->next) {
    if (!stuck) work_run(&s->todo);
    work_clear(&s->todo);
  }
  int code = drop("cuMemFree_v2", (void *)(uintptr_t)at, 0);
  return entered ? entered : code;
}

CUresult cuMemGetAddressRange_v2(CUdeviceptr *base, size_t *bytes, CUdeviceptr at) {
  BEGIN("cuMemGetAddressRange_v2");
  memory *m = holds((void *)(uintptr_t)at, 0);
  if (!m || m->pinned) return NOT_FOUND;
  *base = (CUdeviceptr)(uintptr_t)m->at;
  *bytes = m->bytes;
  return 0;
}

CUresult cuPointerGetAttribute(void *out, CUpointer_attribute attribute, CUdeviceptr at) {
  BEGIN("cuPointerGetAttribute");
  memory *m = holds((void *)(uintptr_t)at, 0);
  if (!m || m->pinned) return BAD_VALUE;
  *(int *)out = 0;
  return (int)attribute == 9 ? 0 : BAD_VALUE;
}

CUresult cuMemHostAlloc(void **out, size_t bytes, unsigned flags) {
  BEGIN("cuMemHostAlloc");
  *out = add(bytes, 1, NULL);
  return 0;
}

CUresult cuMemFreeHost(void *at) {
  ENTER("cuMemFreeHost", 0);
  int code = drop("cuMemFreeHost", at, 1);
  return entered ? entered : code;
}

CUresult cuMemHostRegister_v2(void *at, size_t bytes, unsigned flags) {
  BEGIN("cuMemHostRegister_v2");
  add(bytes, 2, at);
  return 0;
}

CUresult cuMemHostUnregister(void *at) {
  ENTER("cuMemHostUnregister", 0);
  int code = drop("cuMemHostUnregister", at, 2);
  return entered ? entered : code;
}

static int copy(const char *name, node n, int to_pinned, int from_pinned, CUstream on) {
  memory *to = holds(n.to, n.bytes), *from = holds(n.from, n.bytes);
  if (!to || !from || !to->pinned != !to_pinned || !from->pinned != !from_pinned) {
    return fault(name, "memory that is not what it should be");
  }
  stream *s = (stream *)on;
  work_add(s->captured ? s->captured : &s->todo, n);
  return 0;
}

CUresult cuMemcpyHtoDAsync_v2(CUdeviceptr to, const void *from, size_t bytes, CUstream on) {
  BEGIN("cuMemcpyHtoDAsync_v2");
  return copy("cuMemcpyHtoDAsync_v2", (node){.to = (void *)(uintptr_t)to, .from = from, .bytes = bytes}, 0, 1, on);
}

CUresult cuMemcpyDtoHAsync_v2(void *to, CUdeviceptr from, size_t bytes, CUstream on) {
  BEGIN("cuMemcpyDtoHAsync_v2");
  return copy("cuMemcpyDtoHAsync_v2", (node){.to = to, .from = (void *)(uintptr_t)from, .bytes = bytes}, 1, 0, on);
}

CUresult cuMemcpyDtoDAsync_v2(CUdeviceptr to, CUdeviceptr from, size_t bytes, CUstream on) {
  BEGIN("cuMemcpyDtoDAsync_v2");
  node n = {.to = (void *)(uintptr_t)to, .from = (void *)(uintptr_t)from, .bytes = bytes};
  return copy("cuMemcpyDtoDAsync_v2", n, 0, 0, on);
}

CUresult cuStreamCreate(CUstream *out, unsigned flags) {
  BEGIN("cuStreamCreate");
  stream *s = calloc(1, sizeof *s);
  s->next = streams;
  streams = s;
  live[STREAMS]++;
  *out = (CUstream)s;
  return 0;
}

CUresult cuStreamDestroy_v2(CUstream what) {
  ENTER("cuStreamDestroy_v2", 0);
  for (stream **p = &streams; *p; p = &(*p)->next) {
    stream *s = *p;
    if (s == (stream *)what) {
      *p = s->next;
      work_clear(&s->todo);
      if (s->captured) work_clear(s->captured);
      free(s->captured);
      free(s);
      live[STREAMS]--;
      return entered;
    }
  }
  return fault("cuStreamDestroy_v2", "no such stream");
}

CUresult cuStreamSynchronize(CUstream what) {
  BEGIN("cuStreamSynchronize");
  stream *s = (stream *)what;
  if (s->captured) return fault("cuStreamSynchronize", "the stream is being captured");
  work_run(&s->todo);
  work_clear(&s->todo);
  return 0;
}

CUresult cuLaunchKernel(CUfunction what, unsigned x, unsigned y, unsigned z, unsigned items, unsigned items_y,
                        unsigned items_z, unsigned shared, CUstream on, void **values, void **extra) {
  BEGIN("cuLaunchKernel");
  if (!x || y != 1 || z != 1 || items_y != 1 || items_z != 1 || shared || extra) {
    return fault("cuLaunchKernel", "a grid that the kernels are not for");
  }
  stream *s = (stream *)on;
  node n = {.call = (function *)what, .groups = x};
  if (items != function_items(n.call)) return fault("cuLaunchKernel", "another number of items than compiled");
  for (int i = 0; i < n.call->arguments; i++) n.values[i] = *(int64_t *)values[i];
  work_add(s->captured ? s->captured : &s->todo, n);
  return 0;
}

CUresult cuStreamBeginCapture_v2(CUstream on, CUstreamCaptureMode mode) {
  BEGIN("cuStreamBeginCapture_v2");
  stream *s = (stream *)on;
  if (s->captured) return fault("cuStreamBeginCapture_v2", "the stream is being captured");
  s->captured = calloc(1, sizeof *s->captured);
  return 0;
}

CUresult cuStreamEndCapture(CUstream on, CUgraph *out) {
  ENTER("cuStreamEndCapture", 1);
  stream *s = (stream *)on;
  *out = NULL;
  if (entered && s->captured) {
    work_clear(s->captured);
    free(s->captured);
  } else if (s->captured) {
    *out = (CUgraph)s->captured;
    live[GRAPHS]++;
  }
  s->captured = NULL;
  return entered;
}

static void *drop_graph(void *what) {
  work_clear(what);
  free(what);
  live[GRAPHS]--;
  return NULL;
}

CUresult cuGraphInstantiateWithFlags(CUgraphExec *out, CUgraph graph, unsigned long long flags) {
  BEGIN("cuGraphInstantiateWithFlags");
  work *made = calloc(1, sizeof *made);
  work_copy(made, (work *)graph);
  live[GRAPHS]++;
  *out = (CUgraphExec)made;
  return 0;
}

CUresult cuGraphDestroy(CUgraph graph) {
  ENTER("cuGraphDestroy", 0);
  drop_graph(graph);
  return entered;
}

CUresult cuGraphExecDestroy(CUgraphExec what) {
  ENTER("cuGraphExecDestroy", 0);
  drop_graph(what);
  return entered;
}

CUresult cuGraphLaunch(CUgraphExec what, CUstream on) {
  BEGIN("cuGraphLaunch");
  work_copy(&((stream *)on)->todo, (work *)what);
  return 0;
}
