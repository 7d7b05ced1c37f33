/** The millrace command. */
module io.github.millrace.cli {
  requires io.github.millrace.core;
  requires info.picocli;

  opens io.github.millrace.cli to
      info.picocli;
}
