package io.github.millrace.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A library module exports what is public, and says its services twice alike. */
class ModuleDescriptorTest {

  /** The command is no library. */
  static List<Path> libraries() {
    return SourceTree.modules().stream().filter(module -> !module.endsWith("cli")).toList();
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void theModuleForgetsNothing(Path module) {
    String main = SourceTree.ROOT.relativize(module) + "/src/main/java/";
    List<JavaSource> sources =
        SourceTree.java().stream().filter(s -> s.file().path().startsWith(main)).toList();
    ModuleDescriptor descriptor =
        ModuleDescriptor.of(sources, module.resolve("src/main/resources/META-INF/services"));
    assertEquals(List.of(), descriptor.faults());
    assertEquals(false, descriptor.exports().isEmpty());
  }

  @Test
  void aForgottenExportIsCaught() {
    JavaSource info = source("module-info.java", "module m { exports io.github.millrace.signal; }");
    JavaSource exported = source("A.java", "package io.github.millrace.signal; public class A {}");
    JavaSource forgotten = source("B.java", "package io.github.millrace.plan; public class B {}");
    JavaSource inner = source("C.java", "package io.github.millrace.io.pcm; public class C {}");
    JavaSource hidden = source("D.java", "package io.github.millrace.design; class D {}");
    List<JavaSource> sources = List.of(info, exported, forgotten, inner, hidden);
    assertEquals(
        List.of("io.github.millrace.plan is public and not exported"),
        ModuleDescriptor.of(sources, Path.of("none")).faults());
  }

  @Test
  void aServiceSaidOnceIsCaught() {
    JavaSource info = source("module-info.java", "module m { provides a.S with a.B, a.A; }");
    ModuleDescriptor onlyDescribed = ModuleDescriptor.of(List.of(info), Path.of("none"));
    assertEquals(1, onlyDescribed.faults().size());
    ModuleDescriptor both =
        new ModuleDescriptor(
            Set.of(), onlyDescribed.provides(), Map.of("a.S", List.of("a.A", "a.B")), Set.of());
    assertEquals(List.of(), both.faults());
  }

  private static JavaSource source(String name, String text) {
    return JavaSource.parse(new TextFile("core/src/main/java/" + name, text));
  }
}
