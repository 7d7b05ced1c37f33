package io.github.millrace.gpu;

import java.util.Map;
import java.util.TreeMap;

/**
 * A file of the folder {@code kernels} with its compile-time constants.
 *
 * @param file name without folder and extension, such as {@code cascade}
 * @param items work-items of a work-group, the constant ITEMS
 * @param constants the others, by name
 */
public record KernelSource(String file, int items, Map<String, String> constants) {

  /** Keeps the constants in the order of their names. */
  public KernelSource {
    constants = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(constants));
  }

  /** All constants as compilers take them: {@code -DITEMS=64 -DREAL=float}, and so on. */
  public String definitions() {
    StringBuilder text = new StringBuilder("-DITEMS=").append(items);
    constants.forEach((name, value) -> text.append(" -D").append(name).append('=').append(value));
    return text.toString();
  }
}
