package io.github.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;

/** The millrace command. */
public final class Main {

  /** The names of all commands. */
  static final List<String> COMMANDS =
      List.of("filter", "info", "devices", "response", "explain", "demo");

  private static final int HELP_WIDTH = 100;

  private Main() {}

  /** Runs the command and exits with its code. */
  public static void main(String[] args) {
    int code = run(args, new Streams(System.in, System.out, System.err, true));
    System.out.flush();
    System.err.flush();
    System.exit(code);
  }

  /**
   * Runs the command.
   *
   * @param args words of the command line
   * @param in what {@code -} reads
   * @param out data, and what {@code -} writes
   * @param err talk
   * @return 0 done, 1 usage, 2 failure, 130 interrupted
   */
  public static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
    return run(args, new Streams(in, out, err, false));
  }

  private static int run(String[] args, Streams streams) {
    Errors errors = new Errors(streams);
    try {
      CommandLine root = withHelp(new MillraceCommand());
      root.getCommandSpec()
          .addOption(
              OptionSpec.builder("-V", "--version")
                  .versionHelp(true)
                  .description("Prints the version.")
                  .build());
      boolean known = args.length > 0 && COMMANDS.contains(args[0]);
      for (String name : known ? List.of(args[0]) : COMMANDS) {
        root.addSubcommand(name, withHelp(command(name, streams)));
      }
      if (!known) {
        root.addSubcommand(new AutoComplete.GenerateCompletion());
      }
      return root.setOut(new PrintWriter(streams.out(), true, UTF_8))
          .setErr(new PrintWriter(streams.err(), true, UTF_8))
          .setUsageHelpWidth(HELP_WIDTH)
          .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
          .setParameterExceptionHandler(errors)
          .setExecutionExceptionHandler(errors)
          .execute(args);
    } catch (Error e) {
      return errors.report(e, "millrace");
    }
  }

  private static CommandLine withHelp(Object command) {
    CommandLine line = new CommandLine(command);
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Prints this help.")
                .build());
    return line;
  }

  private static Object command(String name, Streams streams) {
    return switch (name) {
      case "filter" -> new FilterCommand(streams);
      case "info" -> new InfoCommand(streams);
      case "devices" -> new DevicesCommand(streams);
      case "response" -> new ResponseCommand(streams);
      case "explain" -> new ExplainCommand(streams);
      default -> new DemoCommand(streams);
    };
  }
}
