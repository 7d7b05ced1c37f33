/** A plan over a source and a sink: reading, filtering and writing overlap. */
package io.github.millrace.run;
