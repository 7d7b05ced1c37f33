/** The filter command: from words to files. */
package io.github.millrace.cli.filter;
