package io.github.millrace.choice.cost;

import java.util.Optional;

/**
 * The time of a kind of stage by its two paths.
 *
 * @param sequential one frame after the other; the only path of all but cascades
 * @param parallel parallel in time; empty where there is no such path
 */
public record StepCost(PathCost sequential, Optional<PathCost> parallel) {}
