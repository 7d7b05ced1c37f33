package io.github.millrace.cli.filter;

import io.github.millrace.cli.options.Streams;
import io.github.millrace.cli.text.ProgressDisplay;
import java.io.PrintStream;
import java.util.function.Supplier;

/**
 * What a filter run says beside its data.
 *
 * @param streams where to
 * @param progress how to show progress
 * @param quiet whether summaries are left out; warnings never are
 */
record RunMessages(Streams streams, ProgressDisplay.Mode progress, boolean quiet) {

  /** The same, said elsewhere. */
  RunMessages to(PrintStream err) {
    Streams elsewhere = new Streams(streams.in(), streams.out(), err, streams.standard());
    return new RunMessages(elsewhere, progress, quiet);
  }

  /** A display of the progress of one run. */
  ProgressDisplay display(double sampleRate) {
    return new ProgressDisplay(streams.err(), progress, sampleRate);
  }

  /** Prints the summary of a run, if one is wanted. */
  void tell(Supplier<String> summary) {
    if (!quiet) {
      streams.err().println(summary.get());
    }
  }

  /** Prints a warning. */
  void warn(String message) {
    streams.warn(message);
  }

  /** Prints a failure that does not end the command. */
  void fail(String message) {
    streams.err().println("millrace filter: " + message);
  }
}
