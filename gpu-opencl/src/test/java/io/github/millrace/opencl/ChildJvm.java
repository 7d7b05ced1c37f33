package io.github.millrace.opencl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program of the tests in a JVM of its own, which finds another OpenCL than this one. */
final class ChildJvm {

  /**
   * What a program left behind.
   *
   * @param exit its exit code
   * @param out its standard output
   * @param err its standard error
   */
  record Output(int exit, String out, String err) {}

  private ChildJvm() {}

  /**
   * Runs a program to its end.
   *
   * @param folder for its cache of built programs and what it prints
   * @param environment variables to set
   */
  static Output run(
      Path folder, String classPath, Map<String, String> environment, List<String> words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", classPath));
    command.addAll(words);
    Path err = folder.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Output(process.waitFor(), out, Files.readString(err));
  }
}
