package io.github.millrace.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.DirectiveTree;
import com.sun.source.tree.ExportsTree;
import com.sun.source.tree.ProvidesTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * What a module declares, whether it is run on the module path or on the class path.
 *
 * @param exports packages open to every module, or to those it names
 * @param provides service by service, the providers in the descriptor
 * @param services service by service, the providers in META-INF/services
 * @param publicParts packages right below the root that hold a public type
 */
record ModuleDescriptor(
    Set<String> exports,
    Map<String, List<String>> provides,
    Map<String, List<String>> services,
    Set<String> publicParts) {

  /** Packages whose public types are for their own module alone. */
  private static final Set<String> INNER = Set.of(JavaSource.ROOT_PACKAGE + ".engine");

  /** What this module forgot to say. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    publicParts.stream()
        .filter(part -> !exports.contains(part) && !INNER.contains(part))
        .forEach(part -> faults.add(part + " is public and not exported"));
    if (!provides.equals(services)) {
      faults.add("module-info provides " + provides + ", META-INF/services " + services);
    }
    return faults;
  }

  static ModuleDescriptor of(List<JavaSource> moduleSources, Path servicesFolder) {
    Set<String> exports = new TreeSet<>();
    Map<String, List<String>> provides = new TreeMap<>();
    for (JavaSource source : moduleSources) {
      if (source.unit().getModule() != null) {
        source
            .unit()
            .getModule()
            .getDirectives()
            .forEach(directive -> collect(directive, exports, provides));
      }
    }
    Set<String> parts =
        moduleSources.stream()
            .filter(ModuleDescriptor::isPublicPart)
            .map(JavaSource::packageName)
            .collect(Collectors.toCollection(TreeSet::new));
    return new ModuleDescriptor(exports, provides, services(servicesFolder), parts);
  }

  private static void collect(
      DirectiveTree directive, Set<String> exports, Map<String, List<String>> provides) {
    switch (directive) {
      case ExportsTree export -> exports.add(export.getPackageName().toString());
      case ProvidesTree provided ->
          provides.put(
              provided.getServiceName().toString(),
              provided.getImplementationNames().stream().map(Object::toString).sorted().toList());
      default -> {}
    }
  }

  private static boolean isPublicPart(JavaSource source) {
    return source.packageName().equals(JavaSource.ROOT_PACKAGE + "." + source.part())
        && source.unit().getTypeDecls().stream()
            .anyMatch(
                type ->
                    type instanceof ClassTree named
                        && named.getModifiers().getFlags().contains(Modifier.PUBLIC));
  }

  private static Map<String, List<String>> services(Path folder) {
    Map<String, List<String>> services = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return services;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        try (Stream<String> lines = Files.lines(file)) {
          services.put(
              file.getFileName().toString(),
              lines.map(String::strip).filter(line -> !line.isEmpty()).sorted().toList());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return services;
  }
}
