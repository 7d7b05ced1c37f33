/** Stage words of the command line, such as {@code butter:low:5k:order=8}. */
package io.github.millrace.cli.words;
