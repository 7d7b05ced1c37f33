/** JMH suites; {@code java -jar} of the bench module runs them with JMH's own options. */
package io.github.millrace.bench.jmh;
