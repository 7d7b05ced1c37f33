/** Signals, filter design, stages, plans, the Java reference backend and file formats. */
@SuppressWarnings("module") // the modules it exports to are built after it
module io.github.millrace.core {
  requires JTransforms;

  exports io.github.millrace.backend;
  exports io.github.millrace.choice;
  exports io.github.millrace.choice.cost;
  exports io.github.millrace.design;
  exports io.github.millrace.design.fir;
  exports io.github.millrace.design.state;
  exports io.github.millrace.io;
  exports io.github.millrace.plan;
  exports io.github.millrace.run;
  exports io.github.millrace.signal;
  exports io.github.millrace.stage;
  exports io.github.millrace.stage.custom;
  exports io.github.millrace.cpu to
      io.github.millrace.simd,
      io.github.millrace.cli;
  exports io.github.millrace.cpu.resample to
      io.github.millrace.simd;
  exports io.github.millrace.gpu to
      io.github.millrace.bench,
      io.github.millrace.cuda,
      io.github.millrace.opencl;
  exports io.github.millrace.io.pcm to
      io.github.millrace.simd;
  exports io.github.millrace.host to
      io.github.millrace.bench,
      io.github.millrace.cli,
      io.github.millrace.cuda,
      io.github.millrace.opencl,
      io.github.millrace.simd;

  uses io.github.millrace.backend.Backend;
  uses io.github.millrace.io.pcm.FrameCodecs;
  uses io.github.millrace.plan.PlanMaker;

  provides io.github.millrace.backend.Backend with
      io.github.millrace.cpu.JavaBackend;
  provides io.github.millrace.plan.PlanMaker with
      io.github.millrace.choice.Planner;
}
