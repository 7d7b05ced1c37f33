/** What the commands have in common: options, streams, errors. */
package io.github.millrace.cli.options;
