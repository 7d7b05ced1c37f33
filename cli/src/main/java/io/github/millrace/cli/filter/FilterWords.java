package io.github.millrace.cli.filter;

import io.github.millrace.cli.options.UsageException;
import io.github.millrace.cli.words.StageWord;
import java.util.List;
import picocli.CommandLine.ParseResult;

/**
 * The words of a filter command, told apart.
 *
 * @param files input and output, or inputs only
 * @param stages the stage words
 */
record FilterWords(List<String> files, List<String> stages) {

  private static final String SEPARATOR = "--";

  /**
   * Tells files from stages.
   *
   * @param words all that is no option
   * @param parsed knows where {@code --} was
   * @param many whether there are inputs only
   * @throws UsageException if something is missing
   */
  static FilterWords of(List<String> words, ParseResult parsed, boolean many) {
    List<String> args = parsed.originalArgs();
    int separator = args.indexOf(SEPARATOR);
    int after = separator < 0 ? -1 : args.size() - separator - 1;
    if (many) {
      return many(words, after);
    }
    if (after >= 0 && words.size() - after != 2) {
      throw new UsageException("expected IN and OUT before --, got " + (words.size() - after));
    }
    return single(words);
  }

  private static FilterWords single(List<String> words) {
    if (words.size() >= 2 && StageWord.looksLikeStage(words.get(1))) {
      throw new UsageException(
          "OUT is missing: expected IN OUT STAGE..., but '" + words.get(1) + "' is a stage");
    }
    if (words.size() < 3) {
      String missing =
          List.of("IN, OUT and stages are", "OUT and stages are", "stages are").get(words.size());
      throw new UsageException(missing + " missing: expected IN OUT STAGE...");
    }
    return new FilterWords(words.subList(0, 2), words.subList(2, words.size()));
  }

  private static FilterWords many(List<String> words, int after) {
    if (after < 0) {
      throw new UsageException("-- is missing: expected --out-dir DIR FILE... -- STAGE...");
    }
    int files = words.size() - after;
    if (files < 1) {
      throw new UsageException("no FILE before --: expected --out-dir DIR FILE... -- STAGE...");
    }
    if (after == 0) {
      throw new UsageException("no stage after --: expected --out-dir DIR FILE... -- STAGE...");
    }
    return new FilterWords(words.subList(0, files), words.subList(files, words.size()));
  }
}
