/** What was measured of a machine's devices, and the time that it predicts for a chain. */
package io.github.millrace.choice.cost;
