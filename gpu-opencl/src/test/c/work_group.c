#include "work_group.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

_Thread_local int work_item;
_Thread_local int64_t work_group;

static pthread_barrier_t barrier;
static int64_t all_groups;
static void (*body)(void);

void work_group_barrier(void) { pthread_barrier_wait(&barrier); }

static void *item(void *index) {
  work_item = (int)(intptr_t)index;
  for (work_group = 0; work_group < all_groups; work_group++) {
    body();
    work_group_barrier(); /* on-chip memory is the next group's from here on */
  }
  return NULL;
}

void launch(int64_t groups, void (*kernel)(void)) {
  pthread_t threads[ITEMS];
  pthread_barrier_init(&barrier, NULL, ITEMS);
  all_groups = groups;
  body = kernel;
  for (intptr_t i = 0; i < ITEMS; i++) {
    if (pthread_create(&threads[i], NULL, item, (void *)i)) abort();
  }
  for (int i = 0; i < ITEMS; i++) pthread_join(threads[i], NULL);
  pthread_barrier_destroy(&barrier);
}

void require_close(const char *what, const double *a, const double *b, int64_t n, double most) {
  double power = 0, difference = 0;
  for (int64_t i = 0; i < n; i++) {
    power += a[i] * a[i];
    difference += (a[i] - b[i]) * (a[i] - b[i]);
  }
  double error = difference == 0 ? 0 : sqrt(difference / power);
  if (!(error <= most)) {
    printf("%s: relative rms error %.1e, at most %.1e\n", what, error, most);
    exit(1);
  }
}

double noise(void) {
  static uint64_t s = 88172645463325252u;
  s ^= s << 13;
  s ^= s >> 7;
  s ^= s << 17;
  return (double)(int64_t)s * 0x1p-63;
}
