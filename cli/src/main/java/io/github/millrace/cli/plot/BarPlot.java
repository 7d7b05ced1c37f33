package io.github.millrace.cli.plot;

import io.github.millrace.cli.plot.Svg.Anchor;
import java.util.List;

/**
 * Horizontal bars from zero, with the value at the end of each.
 *
 * @param title above it
 * @param unit what the bars show, with its unit
 * @param most value at the right end, above 0
 */
public record BarPlot(String title, String unit, double most) {

  private static final double WIDTH = 380;
  private static final double LEFT = 78;
  private static final double RIGHT = 70;
  private static final double TOP = 28;
  private static final double STEP = 22;

  /**
   * One bar.
   *
   * @param name on its left
   * @param style class of its colour, {@code c0} to {@code c6}
   * @param value its length, from 0 on
   * @param label on its right
   */
  public record Bar(String name, String style, double value, String label) {}

  /** The picture of these bars, top down. */
  public Svg draw(List<Bar> bars) {
    double bottom = TOP + STEP * bars.size();
    Svg svg = new Svg(WIDTH, bottom + 8, title + ", " + unit);
    svg.text("title", 0, 17, Anchor.START, title);
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      double top = TOP + STEP * i;
      double length = Math.clamp(bar.value() / most, 0, 1) * (WIDTH - LEFT - RIGHT);
      svg.text("note", LEFT - 6, top + 14, Anchor.END, bar.name());
      svg.box("bar " + bar.style(), LEFT, top + 2, length, STEP - 6);
      svg.text("note", LEFT + length + 5, top + 14, Anchor.START, bar.label());
    }
    svg.line("axis", LEFT, TOP, LEFT, bottom);
    return svg;
  }
}
