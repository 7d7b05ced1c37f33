/** Signals, filter design, stages, plans, the Java reference backend and file formats. */
module io.github.millrace.core {
  requires JTransforms;

  exports io.github.millrace.design;
  exports io.github.millrace.signal;
}
