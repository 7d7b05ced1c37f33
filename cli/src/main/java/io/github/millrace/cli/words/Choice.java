package io.github.millrace.cli.words;

import io.github.millrace.design.Spelling;
import java.util.List;

/** A name that must be one of a few. */
public final class Choice {
  private Choice() {}

  /**
   * What a name means.
   *
   * @param what what is named, such as {@code band}
   * @param valid the names that there are
   * @param meanings one for each
   * @throws WordException if the name is not in the list, with the nearest that is
   */
  @SafeVarargs
  public static <T> T of(String what, String name, List<String> valid, T... meanings) {
    int place = valid.indexOf(name);
    if (place < 0) {
      throw new WordException(unknown(what, name, valid));
    }
    return meanings[place];
  }

  /** The message for a name that is not in the list. */
  public static String unknown(String what, String name, List<String> valid) {
    String problem = "unknown " + what + " '" + name + "'";
    String near = Spelling.nearest(name, valid).orElseGet(() -> begun(name, valid));
    return near != null
        ? problem + ", did you mean '" + near + "'?"
        : problem + ", expected " + (valid.size() == 1 ? "" : "one of ") + String.join(", ", valid);
  }

  /**
   * The longest valid name that starts the given one, as low starts lowpass, or is started by it.
   */
  private static String begun(String name, List<String> valid) {
    String best = null;
    for (String candidate : valid) {
      boolean fits =
          name.startsWith(candidate) || (name.length() > 1 && candidate.startsWith(name));
      if (fits && (best == null || candidate.length() > best.length())) {
        best = candidate;
      }
    }
    return best;
  }
}
