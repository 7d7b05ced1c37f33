package io.github.millrace.house;

import com.sun.source.tree.ClassTree;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Type names say what a thing is: no word that could name anything. A command's class is named
 * after the word that users type, whatever it is.
 */
final class TypeNames implements Rule {

  private static final Set<String> EMPTY_WORDS =
      Set.of("Manager", "Helper", "Util", "Utils", "Impl", "Base", "Common", "Data", "Info");

  @Override
  public List<String> broken(JavaSource source) {
    return source.types().stream()
        .map(path -> ((ClassTree) path.getLeaf()).getSimpleName().toString())
        .filter(name -> !name.matches("[A-Z][a-z]+Command"))
        .filter(name -> words(name).stream().anyMatch(EMPTY_WORDS::contains))
        .map(name -> "type " + name + " has a name that says nothing")
        .toList();
  }

  private static List<String> words(String camelCase) {
    return Arrays.asList(camelCase.split("(?<=[a-z0-9])(?=[A-Z])"));
  }
}
