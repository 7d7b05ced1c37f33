package io.github.millrace.run;

/**
 * Where the time of a run went, in seconds that add up to the whole: what threads do at the same
 * time, and wait for each other, counts for the work that was waited for.
 *
 * @param readSeconds waiting for the input
 * @param convertSeconds turning what is stored into samples, and samples into what is stored
 * @param filterSeconds in the plan
 * @param writeSeconds waiting for the output, its completion included
 */
public record RunTimes(
    double readSeconds, double convertSeconds, double filterSeconds, double writeSeconds) {}
