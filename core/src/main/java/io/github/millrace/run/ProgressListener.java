package io.github.millrace.run;

/** Is told how far a run is, after every block, on the thread that runs it; should return soon. */
@FunctionalInterface
public interface ProgressListener {

  /** Takes note of the progress. */
  void progress(Progress progress);
}
