package io.github.millrace.house;

import java.util.List;

/** A rule about one Java source. */
interface Rule {

  /** What breaks the rule in this source, one sentence each. */
  List<String> broken(JavaSource source);
}
