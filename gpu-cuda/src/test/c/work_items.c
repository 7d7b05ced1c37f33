/* Runs a kernel compiled as plain C, its work-items in turns on stacks of their own, from barrier to barrier. Built
 * into one library with the kernel file, and with the thread-local variables of dialect.h made plain ones, because
 * the next group may run on another thread. */
#include <setjmp.h>
#include <stdint.h>
#include <ucontext.h>

#define STACK_BYTES 65536
#define MOST_ARGUMENTS 24

int work_item;
int64_t work_group;

static char stacks[ITEMS][STACK_BYTES] __attribute__((aligned(64)));
static jmp_buf places[ITEMS], caller;
static int finished[ITEMS], left, made;
static ucontext_t origin, fresh;
static void (*body)();
static int64_t arguments[MOST_ARGUMENTS];

/* Goes on with the item after this one, or returns to the caller when none is left. */
static void next(int item) {
  if (left == 0) _longjmp(caller, 1);
  do {
    item = (item + 1) % ITEMS;
  } while (finished[item]);
  work_item = item;
  _longjmp(places[item], 1);
}

void work_group_barrier(void) {
  int item = work_item;
  if (!_setjmp(places[item])) next(item);
}

/* An item: waits, runs the body, and so on for ever. */
static void live(int item) {
  if (!_setjmp(places[item])) swapcontext(&fresh, &origin);
  for (;;) {
    int64_t *a = arguments;
    body(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10], a[11], a[12], a[13], a[14], a[15], a[16],
         a[17], a[18], a[19], a[20], a[21], a[22], a[23]);
    finished[item] = 1;
    left--;
    if (!_setjmp(places[item])) next(item);
  }
}

static void make(void) {
  for (int i = 0; i < ITEMS; i++) {
    getcontext(&fresh);
    fresh.uc_stack.ss_sp = stacks[i];
    fresh.uc_stack.ss_size = STACK_BYTES;
    fresh.uc_link = 0;
    makecontext(&fresh, (void (*)(void))live, 1, i);
    swapcontext(&origin, &fresh);
  }
  made = 1;
}

/* Calls `kernel` with these 64-bit arguments for all items of `groups` groups. */
void run_groups(void (*kernel)(), int64_t groups, const int64_t *values) {
  if (!made) make();
  body = kernel;
  for (int i = 0; i < MOST_ARGUMENTS; i++) arguments[i] = values[i];
  for (work_group = 0; work_group < groups; work_group++) {
    for (int i = 0; i < ITEMS; i++) finished[i] = 0;
    left = ITEMS;
    work_item = 0;
    if (!_setjmp(caller)) _longjmp(places[0], 1);
  }
}
