package io.github.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.millrace.cli.filter.FilterCommand;
import io.github.millrace.cli.options.Streams;
import io.github.millrace.cli.options.Subcommand;
import io.github.millrace.cli.options.UsageException;
import io.github.millrace.io.SignalFiles;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The millrace command. */
public final class Main {

  /** The names of all commands. */
  static final List<String> COMMANDS =
      List.of("filter", "info", "devices", "response", "explain", "bench", "sweep", "tune", "demo");

  private static final int HELP_WIDTH = 100;

  private Main() {}

  /** Runs the command and exits with its code. */
  public static void main(String[] args) {
    // The command has no option of these types, and to look for them takes picocli 5 ms.
    System.setProperty("picocli.converters.excludes", "java[.](time|sql)[.].*");
    if (args.length > 0 && args[0].equals("filter")) {
      // Linked to C while this thread still reads the command line.
      Thread.ofPlatform().daemon().name("millrace-start").start(SignalFiles::load);
    }
    TextOutput text = new TextOutput(new FileOutputStream(FileDescriptor.out));
    PrintStream out = new PrintStream(new BufferedOutputStream(text), true, System.out.charset());
    Streams streams = new Streams(System.in, out, System.err, true);
    int code = run(args, streams);
    out.flush();
    code = text.exitCode(code, new Errors(streams));
    System.err.flush();
    if (code != 0) {
      System.exit(code);
    }
    // All threads left are daemons. To exit would look for a logger in every jar first: 10 ms.
  }

  /**
   * Runs the command.
   *
   * @param args words of the command line
   * @param in what {@code -} reads
   * @param out data, and what {@code -} writes
   * @param err talk
   * @return 0 done, 1 usage, 2 failure, 130 interrupted, 141 the output is no longer read
   */
  public static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
    return run(args, new Streams(in, out, err, false));
  }

  private static int run(String[] args, Streams streams) {
    Errors errors = new Errors(streams);
    try {
      return commandLine(args, streams)
          .setOut(new PrintWriter(streams.out(), true, UTF_8))
          .setErr(new PrintWriter(streams.err(), true, UTF_8))
          .setUsageHelpWidth(HELP_WIDTH)
          .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
          .setParameterExceptionHandler(errors)
          .setExecutionStrategy(parsed -> execute(parsed, errors))
          .execute(args);
    } catch (Error e) {
      return errors.report(e, "millrace");
    }
  }

  /** The commands; only the wanted one where its name is plain, for a quick start. */
  private static CommandLine commandLine(String[] args, Streams streams) {
    CommandLine root = new CommandLine(rootSpec(), Subcommand.FACTORY);
    String first = args.length == 0 ? "" : args[0];
    if (first.equals("--version")) {
      return root;
    }
    boolean known = COMMANDS.contains(first);
    for (String name : known ? List.of(first) : COMMANDS) {
      CommandSpec spec = command(name, streams).spec();
      root.addSubcommand(name, new CommandLine(spec.addOption(help()), Subcommand.FACTORY));
    }
    if (!known) {
      root.addSubcommand(new AutoComplete.GenerateCompletion());
    }
    return root;
  }

  private static CommandSpec rootSpec() {
    CommandSpec spec = Subcommand.named("millrace", null).addOption(help());
    spec.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Prints the version.")
            .build());
    spec.versionProvider(new Version());
    spec.usageMessage()
        .description("Filters signals of any length, on the best device present.")
        .synopsisSubcommandLabel("COMMAND")
        .footer(
            "",
            "Examples:",
            "  millrace filter in.wav out.wav butter:low:5k:order=8",
            "  millrace filter --help",
            "",
            "Exit status: 0 done, 1 usage, 2 failure, 130 interrupted, 141 output no longer read.");
    return spec;
  }

  private static OptionSpec help() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .description("Prints this help.")
        .build();
  }

  private static Subcommand command(String name, Streams streams) {
    return switch (name) {
      case "filter" -> new FilterCommand(streams);
      case "info" -> new InfoCommand(streams);
      case "devices" -> new DevicesCommand(streams);
      case "response" -> new ResponseCommand(streams);
      case "explain" -> new ExplainCommand(streams);
      case "bench" -> new BenchCommand(streams);
      case "tune" -> new TuneCommand(streams);
      case "sweep" -> new SweepCommand(streams);
      default -> new DemoCommand(streams);
    };
  }

  private static int execute(ParseResult parsed, Errors errors) {
    Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) {
      return helped;
    }
    ParseResult last = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    String name = last.commandSpec().qualifiedName();
    try {
      if (last.commandSpec().userObject() instanceof Subcommand command) {
        return command.run(last);
      }
      if (!parsed.hasSubcommand()) {
        throw new UsageException(
            "no command given, expected one of " + String.join(", ", COMMANDS));
      }
      return new RunLast().execute(parsed);
    } catch (IOException | RuntimeException e) {
      return errors.report(e, name);
    }
  }
}
