/* Runs a kernel compiled as plain C: a work-group is ITEMS threads, work-groups run one after another. */
#include <stdint.h>

/* Calls `kernel` by as many threads as ITEMS says, for groups 0 to `groups`. */
void launch(int64_t groups, void (*kernel)(void));

/* Ends the program unless a and b, n numbers each, agree to a relative rms error of `most`. */
void require_close(const char *what, const double *a, const double *b, int64_t n, double most);

/* White noise in [-1, 1). */
double noise(void);
