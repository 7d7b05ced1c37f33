package io.github.millrace.house;

import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Imports, and qualified names, point down only. */
final class ImportDirection implements Rule {

  /** For each part of the house, the parts that it may see beside itself. */
  private static final Map<String, Set<String>> SEES =
      Map.ofEntries(
          Map.entry("signal", Set.of("host")),
          Map.entry("host", Set.of()),
          Map.entry("design", Set.of("signal")),
          Map.entry("stage", Set.of("design", "signal")),
          Map.entry("plan", Set.of("host", "stage", "design", "signal")),
          Map.entry("backend", Set.of("plan", "stage", "design", "signal")),
          Map.entry("engine", Set.of("backend", "host", "plan", "stage", "design", "signal")),
          Map.entry(
              "choice", Set.of("engine", "backend", "host", "plan", "stage", "design", "signal")),
          Map.entry("cpu", Set.of("backend", "host", "plan", "stage", "design", "signal")),
          Map.entry(
              "simd", Set.of("cpu", "io", "backend", "host", "plan", "stage", "design", "signal")),
          Map.entry("gpu", Set.of("cpu", "backend", "host", "plan", "stage", "design", "signal")),
          Map.entry("cuda", Set.of("gpu", "backend", "host", "plan", "stage", "design", "signal")),
          Map.entry(
              "opencl", Set.of("gpu", "backend", "host", "plan", "stage", "design", "signal")),
          Map.entry("io", Set.of("host", "signal")),
          Map.entry("run", Set.of("plan", "io", "host", "signal")),
          Map.entry(
              "bench",
              Set.of("gpu", "choice", "backend", "host", "plan", "stage", "design", "signal")),
          Map.entry(
              "cli",
              Set.of(
                  "bench", "run", "choice", "cpu", "backend", "host", "plan", "stage", "design",
                  "signal", "io")));

  @Override
  public List<String> broken(JavaSource source) {
    List<String> broken = new ArrayList<>();
    String from = source.part();
    if (!source.file().isMain() || source.packageName().isEmpty()) {
      return broken;
    }
    Set<String> seen = SEES.get(from);
    if (seen == null) {
      return List.of("package " + source.packageName() + " has no place in the import table");
    }
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitPackage(PackageTree here, Void unused) {
        return null;
      }

      @Override
      public Void visitMemberSelect(MemberSelectTree name, Void unused) {
        String to = JavaSource.partOf(name.toString());
        if (to.isEmpty()) {
          return super.visitMemberSelect(name, null);
        }
        if (!to.equals(from) && !seen.contains(to)) {
          broken.add(from + " must not see " + name);
        }
        return null;
      }
    }.scan(source.unit(), null);
    return broken;
  }
}
