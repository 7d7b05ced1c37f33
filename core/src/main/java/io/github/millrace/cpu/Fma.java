package io.github.millrace.cpu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Multiply and add, in one rounding where the processor has an instruction for it. {@link Math#fma}
 * without one is exact but about a thousand times slower.
 */
final class Fma {

  /** Whether the processor fuses; the same on every run on one machine. */
  static final boolean FUSED = fused();

  private Fma() {}

  /** {@code a * b + c}. */
  static double madd(double a, double b, double c) {
    return FUSED ? Math.fma(a, b, c) : a * b + c;
  }

  private static boolean fused() {
    String arch = System.getProperty("os.arch", "");
    Path cpuinfo = Path.of("/proc/cpuinfo");
    if (arch.equals("aarch64")) {
      return true;
    }
    if (!arch.equals("amd64") || !Files.isReadable(cpuinfo)) {
      return arch.equals("amd64") || arch.equals("x86_64");
    }
    try (var in = Files.newInputStream(cpuinfo)) {
      String first = new String(in.readNBytes(8192), StandardCharsets.ISO_8859_1);
      return first.contains(" fma ");
    } catch (IOException e) {
      return false;
    }
  }
}
