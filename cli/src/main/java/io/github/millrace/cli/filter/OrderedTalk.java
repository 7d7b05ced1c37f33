package io.github.millrace.cli.filter;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** What jobs that run side by side say, printed in the order of their numbers. Any thread. */
final class OrderedTalk {

  private final PrintStream to;
  private final ByteArrayOutputStream[] said;
  private final boolean[] ended;
  private int next;

  /** The talk of so many jobs. */
  OrderedTalk(PrintStream to, int jobs) {
    this.to = to;
    said = new ByteArrayOutputStream[jobs];
    ended = new boolean[jobs];
  }

  /** Where a job may talk until it {@linkplain #end ends}: straight, if those before it have. */
  synchronized PrintStream begin(int job, boolean alone) {
    if (alone) {
      return to;
    }
    said[job] = new ByteArrayOutputStream();
    return new PrintStream(said[job], false, to.charset());
  }

  /** The job says no more; its words are printed when those before it have ended. */
  synchronized void end(int job) {
    ended[job] = true;
    for (; next < ended.length && ended[next]; next++) {
      if (said[next] != null) {
        to.writeBytes(said[next].toByteArray());
        said[next] = null;
      }
    }
    to.flush();
  }
}
