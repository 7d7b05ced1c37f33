/** Analogue prototypes beyond closed forms, and their way to a band. */
package io.github.millrace.design.analog;
