package io.github.millrace.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The machine that measures.
 *
 * @param processor its processor's name
 * @param cores processors that this process may use
 * @param system operating system and its version
 * @param java version of the Java that runs
 */
public record Machine(String processor, int cores, String system, String java) {

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final Path MEMORY = Path.of("/proc/meminfo");

  /** This machine. */
  public static Machine here() {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.version");
    String processor = field(PROCESSORS, "model name");
    return new Machine(
        processor.isEmpty() ? System.getProperty("os.arch") : processor,
        Runtime.getRuntime().availableProcessors(),
        system,
        Runtime.version().toString());
  }

  /** One line for people. */
  public String describe() {
    return processor + ", " + cores + " cores, " + system + ", Java " + java;
  }

  /** Bytes of free memory; where the system does not say, as many as the heap may have. */
  public static long freeBytes() {
    String kibibytes = field(MEMORY, "MemAvailable").replace(" kB", "");
    return kibibytes.isEmpty()
        ? Runtime.getRuntime().maxMemory()
        : Long.parseLong(kibibytes) * 1024;
  }

  /** The first value of a field in a file of lines like {@code name : value}; empty if none. */
  private static String field(Path file, String name) {
    try {
      List<String> lines = Files.readAllLines(file);
      return lines.stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
