package io.github.millrace.cli.filter;

import io.github.millrace.cli.options.UsageException;
import io.github.millrace.cli.words.StageWord;
import java.util.ArrayList;
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
    int first = args.indexOf(SEPARATOR);
    int second = words.indexOf(SEPARATOR);
    if (second >= 0) {
      // The first ended the options, as POSIX has it; this one comes before the stages.
      List<String> all = new ArrayList<>(words);
      all.remove(second);
      return split(all, second, many);
    }
    int after = first < 0 ? -1 : args.size() - first - 1;
    boolean endsOptions = !many && after >= 0 && words.size() - after < 2;
    return split(words, after < 0 || endsOptions ? -1 : words.size() - after, many);
  }

  /** The words, and how many of them are files if a separator says so. */
  private static FilterWords split(List<String> words, int files, boolean many) {
    if (many) {
      return many(words, files);
    }
    if (files >= 0 && files != 2) {
      throw new UsageException("expected IN and OUT before --, got " + files);
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

  private static FilterWords many(List<String> words, int files) {
    if (files < 0) {
      throw new UsageException("-- is missing: expected --out-dir DIR FILE... -- STAGE...");
    }
    if (files < 1) {
      throw new UsageException("no FILE before --: expected --out-dir DIR FILE... -- STAGE...");
    }
    if (files == words.size()) {
      throw new UsageException("no stage after --: expected --out-dir DIR FILE... -- STAGE...");
    }
    return new FilterWords(words.subList(0, files), words.subList(files, words.size()));
  }
}
