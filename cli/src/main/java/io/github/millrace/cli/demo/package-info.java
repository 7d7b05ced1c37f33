/** A signal whose filtered form is known, and the check of it. */
package io.github.millrace.cli.demo;
