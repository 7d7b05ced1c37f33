/** What {@code millrace sweep} measures, keeps and shows. */
package io.github.millrace.cli.sweep;
