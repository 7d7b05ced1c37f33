/** The millrace command: one class per subcommand. */
package io.github.millrace.cli;
