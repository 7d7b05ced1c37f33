/** What {@code auto} chooses, against every single backend. */
package io.github.millrace.bench.grid;
