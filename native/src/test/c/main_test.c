#include <stdio.h>

#include "check.h"

void cascade_tests(void);
void resample_tests(void);
void mix_tests(void);
void fir_tests(void);
void convert_tests(void);

int main(void) {
  for (int i = 0; i < variant_count; i++) {
    printf("%s: %s\n", variants[i].name, runs(&variants[i]) ? "runs" : "skipped, this processor lacks it");
  }
  cascade_tests();
  resample_tests();
  mix_tests();
  fir_tests();
  convert_tests();
  printf("%ld cases, %ld failures\n", checks, failures);
  return failures > 0;
}
