package io.github.millrace.cli.plot;

import io.github.millrace.cli.plot.Svg.Anchor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * A plot of lines over a binary logarithmic axis of frames, with a decimal logarithmic axis on the
 * left.
 *
 * @param title above it
 * @param unit what the left axis shows, with its unit
 * @param label writes a value of the left axis
 * @param x the axis below
 * @param y the axis on the left
 */
public record LinePlot(
    String title, String unit, DoubleFunction<String> label, LogAxis x, LogAxis y) {

  private static final double WIDTH = 380;
  private static final double HEIGHT = 270;
  private static final double LEFT = 58;
  private static final double TOP = 28;
  private static final double RIGHT = 18;
  private static final double BOTTOM = 42;

  /**
   * A place on the axis below that is marked.
   *
   * @param at where
   * @param low begin of its interval
   * @param high end of its interval
   * @param name what is written beside it
   */
  public record Mark(double at, double low, double high, String name) {}

  /** The picture of these lines, with a mark or null. */
  public Svg draw(List<Series> lines, Mark mark) {
    Svg svg = new Svg(WIDTH, HEIGHT, title + ", " + unit + " against frames");
    svg.text("title", LEFT, 17, Anchor.START, title);
    grid(svg);
    if (mark != null) {
      draw(svg, mark);
    }
    for (Series line : lines) {
      List<double[]> points = new ArrayList<>();
      line.points().forEach(p -> points.add(new double[] {px(p[0]), py(p[1])}));
      svg.path("line " + line.style(), points);
      for (double[] p : line.points()) {
        String tip = line.name() + ": " + x.count(p[0]) + " frames, " + label.apply(p[1]);
        svg.dot("dot " + line.style(), px(p[0]), py(p[1]), tip);
      }
    }
    return svg;
  }

  private void grid(Svg svg) {
    double bottom = HEIGHT - BOTTOM;
    for (double at : x.marks()) {
      svg.line("grid", px(at), TOP, px(at), bottom);
      svg.text("tick", px(at), bottom + 14, Anchor.MIDDLE, x.count(at));
    }
    for (double at : y.marks()) {
      svg.line("grid", LEFT, py(at), WIDTH - RIGHT, py(at));
      svg.text("tick", LEFT - 5, py(at) + 3.5, Anchor.END, label.apply(at));
    }
    svg.line("axis", LEFT, bottom, WIDTH - RIGHT, bottom);
    svg.line("axis", LEFT, TOP, LEFT, bottom);
    svg.text(
        "unit",
        (LEFT + WIDTH - RIGHT) / 2,
        HEIGHT - 8,
        Anchor.MIDDLE,
        "frames of a block (k = 1024)");
    svg.upright("unit", 11, (TOP + bottom) / 2, unit);
  }

  private void draw(Svg svg, Mark mark) {
    double bottom = HEIGHT - BOTTOM;
    svg.box("interval", px(mark.low()), TOP, px(mark.high()) - px(mark.low()), bottom - TOP);
    svg.line("mark", px(mark.at()), TOP, px(mark.at()), bottom);
    boolean right = x.at(mark.at()) > 0.5;
    double beside = px(mark.at()) + (right ? -5 : 5);
    svg.text("note", beside, bottom - 7, right ? Anchor.END : Anchor.START, mark.name());
  }

  private double px(double value) {
    return LEFT + Math.clamp(x.at(value), 0, 1) * (WIDTH - RIGHT - LEFT);
  }

  private double py(double value) {
    return HEIGHT - BOTTOM - Math.clamp(y.at(value), 0, 1) * (HEIGHT - BOTTOM - TOP);
  }
}
