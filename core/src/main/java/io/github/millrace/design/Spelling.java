package io.github.millrace.design;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the valid name nearest to a misspelt one, for error messages. */
public final class Spelling {
  private Spelling() {}

  /**
   * The valid name with the smallest Levenshtein distance to a given name, or empty where even the
   * nearest differs in more than half of its letters.
   *
   * @param name what was written; letter case is ignored
   * @param valid the names that would have been accepted
   */
  public static Optional<String> nearest(String name, Collection<String> valid) {
    String wanted = name.toLowerCase(Locale.ROOT);
    String best = null;
    int bestDistance = Integer.MAX_VALUE;
    for (String candidate : valid) {
      int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT));
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return best != null && 2 * bestDistance <= best.length() ? Optional.of(best) : Optional.empty();
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(previous[j - 1] + change, 1 + Math.min(previous[j], row[j - 1]));
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
