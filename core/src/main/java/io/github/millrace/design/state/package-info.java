/** The theory of cascades as recurrences: state space, decay, rounding. */
package io.github.millrace.design.state;
