package io.github.millrace.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** {@code millrace}. */
@Command(
    name = "millrace",
    description = "Filters signals of any length, on the best device present.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = MillraceCommand.Version.class,
    footer = {
      "",
      "Examples:",
      "  millrace filter in.wav out.wav butter:low:5k:order=8",
      "  millrace filter --help",
      "",
      "Exit status: 0 done, 1 usage, 2 failure, 130 interrupted."
    })
final class MillraceCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    throw new UsageException(
        "no command given, expected one of " + String.join(", ", Main.COMMANDS));
  }

  /** The version, as the build wrote it down. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      try (InputStream text = MillraceCommand.class.getResourceAsStream("version.txt")) {
        String version = new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        return new String[] {"millrace " + version + " (Java " + Runtime.version() + ")"};
      }
    }
  }
}
