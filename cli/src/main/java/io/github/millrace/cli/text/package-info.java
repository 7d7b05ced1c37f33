/** What the command prints: figures, JSON and progress. */
package io.github.millrace.cli.text;
