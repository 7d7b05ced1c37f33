package io.github.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Arrays;

/**
 * What a command run in this process returned and printed.
 *
 * @param code exit code
 * @param out what was written to the output stream
 * @param err text on the error stream
 */
record CommandResult(int code, ByteArrayOutputStream out, String err) {

  /** Runs a command without input. */
  static CommandResult of(Object... args) {
    return fed(new byte[0], args);
  }

  /** Runs a command with bytes on its input stream. */
  static CommandResult fed(byte[] input, Object... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] words = Arrays.stream(args).map(Object::toString).toArray(String[]::new);
    int code =
        Main.run(
            words,
            new ByteArrayInputStream(input),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8));
    return new CommandResult(code, out, err.toString(UTF_8));
  }

  /** What was printed on the output stream, as text. */
  String text() {
    return out.toString(UTF_8);
  }
}
