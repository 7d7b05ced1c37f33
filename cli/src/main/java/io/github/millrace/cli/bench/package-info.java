/** What {@code millrace bench} measures, and how it shows the figures. */
package io.github.millrace.cli.bench;
