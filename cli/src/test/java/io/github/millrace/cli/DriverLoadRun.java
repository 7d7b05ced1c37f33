package io.github.millrace.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs commands, a line of words each, and says after each which drivers of GPUs are loaded. */
final class DriverLoadRun {

  private DriverLoadRun() {}

  /** Prints a line for each command. */
  public static void main(String... commands) throws IOException {
    for (String command : commands) {
      CommandResult result = CommandResult.of((Object[]) command.split(" +"));
      String maps = Files.readString(Path.of("/proc/self/maps"));
      List<String> drivers =
          List.of("libOpenCL.so", "libcuda.so").stream().filter(maps::contains).toList();
      System.out.println(command.substring(0, 5) + " " + result.code() + " " + drivers);
      System.err.println(result.err());
    }
  }
}
