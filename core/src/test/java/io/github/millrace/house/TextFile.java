package io.github.millrace.house;

/**
 * A file and what it holds.
 *
 * @param path from the root of the checkout, with slashes
 * @param text content
 */
record TextFile(String path, String text) {

  boolean isMain() {
    return path.contains("/src/main/");
  }

  long lines() {
    return text.lines().count();
  }
}
