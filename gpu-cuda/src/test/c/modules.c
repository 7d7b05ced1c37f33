/* Modules and the work of streams: a PTX text names the kernel file and the constants it was made from, and the same
 * file is compiled as plain C instead. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "driver.h"

char kernels_folder[4096], sources_folder[4096], build_folder[4096];

struct module {
  char *text;
  void *library;
  void (*run)(void (*kernel)(), int64_t groups, const int64_t *values);
};

void work_add(work *to, node what) {
  if (!to->last) to->last = &to->first;
  node *added = malloc(sizeof *added);
  *added = what;
  added->next = NULL;
  *to->last = added;
  to->last = &added->next;
}

void work_run(work *what) {
  for (node *n = what->first; n; n = n->next) {
    if (n->call) {
      n->call->of->run(n->call->kernel, n->groups, n->values);
    } else {
      memmove(n->to, n->from, n->bytes);
    }
  }
}

void work_clear(work *what) {
  for (node *n = what->first, *next; n; n = next) {
    next = n->next;
    free(n);
  }
  what->first = NULL;
  what->last = NULL;
}

void work_copy(work *to, const work *from) {
  for (node *n = from->first; n; n = n->next) work_add(to, *n);
}

static uint64_t hash(const char *text) {
  uint64_t h = 14695981039346656037u;
  for (; *text; text++) h = (h ^ (unsigned char)*text) * 1099511628211u;
  return h;
}

/* Compiles under a name of its own, so that another process may do the same. */
static int compile(const char *file, const char *constants, const char *library) {
  char command[24000], part[4300];
  snprintf(part, sizeof part, "%s.%d", library, (int)getpid());
  snprintf(command, sizeof command,
           "gcc -shared -fPIC -O2 -w -std=gnu11 -D_GNU_SOURCE -D_Thread_local= %s -x c '%s/%s.cl' '%s/work_items.c' "
           "-o '%s' -lm",
           constants, kernels_folder, file, sources_folder, part);
  return system(command) == 0 && rename(part, library) == 0;
}

module *module_load(const char *ptx, char *log, uint64_t log_bytes) {
  char file[64], constants[1024], library[4200];
  if (sscanf(ptx, "// %63s %1023[^\n]", file, constants) != 2 || !strstr(ptx, "\n.version 8.0\n")) {
    if (log) snprintf(log, log_bytes, "ptxas application ptx input, line 1; fatal: no such text\n");
    return NULL;
  }
  snprintf(library, sizeof library, "%s/%s-%016lx.so", build_folder, file, (long)hash(constants));
  if (access(library, R_OK) != 0 && !compile(file, constants, library)) {
    if (log) snprintf(log, log_bytes, "gcc failed for %s %s\n", file, constants);
    return NULL;
  }
  module *made = calloc(1, sizeof *made);
  made->library = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  made->run = made->library ? dlsym(made->library, "run_groups") : NULL;
  made->text = strdup(ptx);
  if (!made->run && log) snprintf(log, log_bytes, "%s\n", dlerror());
  return made->run ? made : NULL;
}

/* As many as the text declares for the kernel. */
static int arguments(const char *text, const char *name) {
  char parameter[128];
  int count = 0;
  do {
    snprintf(parameter, sizeof parameter, ".param .u64 %s_param_%d", name, count);
  } while (strstr(text, parameter) && ++count);
  return count;
}

function *module_function(module *from, const char *name) {
  char entry[128];
  snprintf(entry, sizeof entry, ".visible .entry %s(", name);
  void (*kernel)() = dlsym(from->library, name);
  if (!kernel || !strstr(from->text, entry)) return NULL;
  function *made = malloc(sizeof *made);
  made->of = from;
  made->kernel = kernel;
  made->arguments = arguments(from->text, name);
  return made;
}

unsigned function_items(const function *what) {
  return (unsigned)atoi(strstr(what->of->text, "-DITEMS=") + strlen("-DITEMS="));
}
