package io.github.millrace.bench.jmh;

import java.io.IOException;
import java.util.Arrays;

/** JMH with its own options, and {@link CopyProfiler} always on. */
public final class Main {

  private Main() {}

  /** Runs JMH. */
  public static void main(String[] args) throws IOException {
    String[] all = Arrays.copyOf(args, args.length + 2);
    all[args.length] = "-prof";
    all[args.length + 1] = CopyProfiler.class.getName();
    org.openjdk.jmh.Main.main(all);
  }
}
