/* What a CUDA driver without a device keeps: memory in the host's, work of a stream until someone waits for it. */
#include <stdint.h>

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
