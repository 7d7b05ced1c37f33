package io.github.millrace.plan;

/**
 * The time that a chain will take.
 *
 * @param forwardNanos of one forward
 * @param startNanos of the first plan of a process, beyond the next
 * @param totalNanos of the whole signal, start included; of one forward where its length is unknown
 */
public record Prediction(double forwardNanos, double startNanos, double totalNanos) {}
