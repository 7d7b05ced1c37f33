/**
 * Measures the sequential and the parallel path of cascades over the length of the block, and where
 * they cross.
 */
package io.github.millrace.bench.sweep;
