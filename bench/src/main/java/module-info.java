/** Measures plans against the speed of memory; its JMH suites run from its jar. */
module io.github.millrace.bench {
  requires transitive io.github.millrace.core;
  requires static jmh.core;

  exports io.github.millrace.bench;
  exports io.github.millrace.bench.gpu;
  exports io.github.millrace.bench.grid;
  exports io.github.millrace.bench.tune;
  exports io.github.millrace.bench.sweep;
}
