package io.github.millrace.cli;

import io.github.millrace.cli.options.ExitCode;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** Remembers the first failure of an output, which a print stream swallows. */
final class TextOutput extends FilterOutputStream {

  private IOException failure;

  TextOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }

  /**
   * The exit code of a command that has printed all it wants.
   *
   * @param code what it came to by itself
   * @param errors takes a failure of the output; that nobody reads on is none
   */
  int exitCode(int code, Errors errors) {
    if (failure == null || code != ExitCode.DONE) {
      return code;
    }
    String why = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (why.contains("broken pipe")) {
      return ExitCode.PIPE_CLOSED;
    }
    return errors.report(new IOException("standard output: " + why, failure), "millrace");
  }
}
