/** The millrace command. */
module io.github.millrace.cli {
  requires io.github.millrace.bench;
  requires io.github.millrace.core;
  requires info.picocli;
  requires java.desktop;
  requires org.knowm.xchart;
}
