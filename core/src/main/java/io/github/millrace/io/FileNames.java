package io.github.millrace.io;

/** Names whose bytes are no text in the encoding of file names, as a Latin-1 name in UTF-8. */
final class FileNames {

  /** What is wrong with such a name. */
  static final String GARBLED =
      "the name holds bytes that are no text in "
          + System.getProperty("sun.jnu.encoding")
          + ", the encoding of file names by the locale (LC_ALL): rename the file, or set a locale"
          + " of the name's encoding";

  private static final char REPLACEMENT = '\uFFFD';

  private FileNames() {}

  /** Whether bytes of a name were lost before it came here, so that it names another file. */
  static boolean isGarbled(String name) {
    return name.indexOf(REPLACEMENT) >= 0;
  }
}
