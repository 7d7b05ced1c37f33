package io.github.millrace.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A Java source as javac reads it, names not resolved.
 *
 * @param file where it lies
 * @param unit its syntax tree
 * @param docs gives the comments of the tree
 */
record JavaSource(TextFile file, CompilationUnitTree unit, DocTrees docs) {

  static final String ROOT_PACKAGE = "io.github.millrace";

  static JavaSource parse(TextFile file) {
    return parse(List.of(file)).getFirst();
  }

  static List<JavaSource> parse(List<TextFile> files) {
    Map<URI, TextFile> byUri = new LinkedHashMap<>();
    files.forEach(file -> byUri.put(URI.create("memory:///" + file.path()), file));
    List<Content> contents =
        byUri.entrySet().stream().map(e -> new Content(e.getKey(), e.getValue().text())).toList();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavacTask task = (JavacTask) compiler.getTask(null, null, null, null, null, contents);
    DocTrees docs = DocTrees.instance(task);
    List<JavaSource> sources = new ArrayList<>();
    try {
      for (CompilationUnitTree unit : task.parse()) {
        sources.add(new JavaSource(byUri.get(unit.getSourceFile().toUri()), unit, docs));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sources;
  }

  private static final class Content extends SimpleJavaFileObject {
    private final String text;

    Content(URI uri, String text) {
      super(uri, Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** The package, or an empty string for a module descriptor. */
  String packageName() {
    return Objects.toString(unit.getPackageName(), "");
  }

  /** The part of the house this source lives in: {@code plan} for io.github.millrace.plan.any. */
  String part() {
    return partOf(packageName());
  }

  /** The part that a qualified name belongs to, or an empty string if it is not ours. */
  static String partOf(String qualified) {
    if (!qualified.startsWith(ROOT_PACKAGE + ".")) {
      return "";
    }
    String rest = qualified.substring(ROOT_PACKAGE.length() + 1);
    return rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
  }

  /** Every type declared here, nested ones too. */
  List<TreePath> types() {
    List<TreePath> found = new ArrayList<>();
    new TreePathScanner<Void, Void>() {
      @Override
      public Void visitClass(ClassTree type, Void unused) {
        found.add(getCurrentPath());
        return super.visitClass(type, null);
      }
    }.scan(unit, null);
    return found;
  }
}
