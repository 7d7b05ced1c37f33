package io.github.millrace.cli;

import io.github.millrace.cli.options.ExitCode;
import io.github.millrace.cli.options.Streams;
import io.github.millrace.cli.words.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what went wrong, and chooses the exit code. */
record Errors(Streams streams) implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String problem =
        e instanceof UnmatchedArgumentException unmatched
            ? unmatched(unmatched, command)
            : plain(e);
    streams.err().println(name + ": " + problem + " (see " + name + " --help)");
    return ExitCode.USAGE;
  }

  private static String unmatched(UnmatchedArgumentException e, CommandLine command) {
    String argument = e.getUnmatched().getFirst();
    List<String> valid = new ArrayList<>();
    if (argument.startsWith("-")) {
      command.getCommandSpec().options().forEach(option -> valid.addAll(List.of(option.names())));
      return Choice.unknown("option", argument.split("=", 2)[0], valid);
    }
    valid.addAll(command.getSubcommands().keySet());
    return valid.isEmpty()
        ? "'" + argument + "' is one too many"
        : Choice.unknown("command", argument, valid);
  }

  private static String plain(ParameterException e) {
    String text = ExitCode.message(e);
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  /** Prints a failure of a command; that nobody reads on is none. */
  int report(Throwable failure, String command) {
    int code = ExitCode.of(failure);
    if (code != ExitCode.PIPE_CLOSED) {
      streams.err().println(command + ": " + ExitCode.message(failure));
    }
    return code;
  }
}
