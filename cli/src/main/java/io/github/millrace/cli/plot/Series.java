package io.github.millrace.cli.plot;

import java.util.List;

/**
 * One line of a plot.
 *
 * @param name in the legend
 * @param style class of its colour, {@code c0} to {@code c7}
 * @param points each an x and a y, ascending in x, all above 0
 */
public record Series(String name, String style, List<double[]> points) {}
