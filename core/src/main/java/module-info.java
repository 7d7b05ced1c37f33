/** Signals, filter design, stages, plans, the Java reference backend and file formats. */
module io.github.millrace.core {
  requires JTransforms;

  exports io.github.millrace.cpu;
  exports io.github.millrace.cpu.resample;
  exports io.github.millrace.design;
  exports io.github.millrace.design.fir;
  exports io.github.millrace.design.state;
  exports io.github.millrace.gpu;
  exports io.github.millrace.plan;
  exports io.github.millrace.plan.cost;
  exports io.github.millrace.run;
  exports io.github.millrace.io;
  exports io.github.millrace.signal;
  exports io.github.millrace.stage;

  uses io.github.millrace.plan.Backend;

  provides io.github.millrace.plan.Backend with
      io.github.millrace.cpu.JavaBackend;
}
