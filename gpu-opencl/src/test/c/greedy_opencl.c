/*
 * An OpenCL library that passes every call on to another one, whose path is in REAL_OPENCL, and after each that may load
 * or compile takes signals for itself, as LLVM does. Each time it says so on standard error.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const int TAKEN[] = {SIGTRAP, SIGABRT, SIGUSR1, SIGTERM, SIGXCPU, SIGSYS};

static void handler(int signal) { (void)signal; }

static void take(const char *call) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = SA_NODEFER | SA_RESETHAND;
  for (size_t i = 0; i < sizeof TAKEN / sizeof *TAKEN; i++) sigaction(TAKEN[i], &action, NULL);
  fprintf(stderr, "took signals in %s\n", call);
}

static void *real(const char *name) {
  static void *library;
  if (!library) library = dlopen(getenv("REAL_OPENCL"), RTLD_NOW | RTLD_LOCAL);
  void *found = library ? dlsym(library, name) : NULL;
  if (!found) abort();
  return found;
}

typedef long call(long, long, long, long, long, long, long, long, long, long);

/* Every argument of OpenCL is an integer or a pointer; what a call has fewer of is passed on unread. */
#define PASS(name, after)                                                                        \
  long name(long a, long b, long c, long d, long e, long f, long g, long h, long i, long j) {    \
    static call *pass;                                                                           \
    if (!pass) pass = (call *)real(#name);                                                       \
    long result = pass(a, b, c, d, e, f, g, h, i, j);                                            \
    after;                                                                                       \
    return result;                                                                               \
  }

#define QUIET(name) PASS(name, )
#define GREEDY(name) PASS(name, take(#name))

/* The first launch of a kernel compiles, here and on another thread until it is waited for. */
static long known[64];
static int launches;

static int first(long kernel) {
  for (int i = 0; i < launches; i++) {
    if (known[i] == kernel) return 0;
  }
  if (launches < 64) known[launches++] = kernel;
  return 1;
}

static int compiling;

static void launched(long kernel) {
  if (first(kernel)) {
    compiling = 1;
    take("clEnqueueNDRangeKernel");
  }
}

static void finished(void) {
  if (compiling) {
    compiling = 0;
    take("clFinish");
  }
}

GREEDY(clGetPlatformIDs)
GREEDY(clGetDeviceIDs)
GREEDY(clCreateContext)
GREEDY(clCreateCommandQueue)
GREEDY(clCreateProgramWithSource)
GREEDY(clCreateProgramWithBinary)
GREEDY(clBuildProgram)
GREEDY(clCreateKernel)
PASS(clEnqueueNDRangeKernel, launched(b))
PASS(clFinish, finished())
QUIET(clCreateBuffer)
QUIET(clEnqueueCopyBuffer)
QUIET(clEnqueueMapBuffer)
QUIET(clEnqueueReadBuffer)
QUIET(clEnqueueUnmapMemObject)
QUIET(clEnqueueWriteBuffer)
QUIET(clGetDeviceInfo)
QUIET(clGetPlatformInfo)
QUIET(clGetProgramBuildInfo)
QUIET(clGetProgramInfo)
QUIET(clReleaseCommandQueue)
QUIET(clReleaseEvent)
QUIET(clReleaseKernel)
QUIET(clReleaseMemObject)
QUIET(clReleaseProgram)
QUIET(clRetainEvent)
QUIET(clSetKernelArg)
QUIET(clWaitForEvents)
