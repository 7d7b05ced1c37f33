package io.github.millrace.cli.plot;

import java.util.List;
import java.util.Locale;

/**
 * Writes SVG elements. Coordinates are in pixels from the top left; colours and fonts come from the
 * page's style sheet by class.
 */
public final class Svg {

  /** Where a text is held. */
  public enum Anchor {
    /** At its left end. */
    START,
    /** In its middle. */
    MIDDLE,
    /** At its right end. */
    END
  }

  private final StringBuilder text = new StringBuilder();

  /**
   * An empty picture.
   *
   * @param label what it shows, for those who cannot see it
   */
  public Svg(double width, double height, String label) {
    text.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 %s %s\" aria-label=\"%s\">\n"
            .formatted(number(width), number(height), escape(label)));
  }

  /** A text with {@code & < > "} made harmless. */
  public static String escape(String plain) {
    return plain
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("coordinate is " + value + ", expected a finite one");
    }
    String digits = String.format(Locale.ROOT, "%.2f", value);
    return digits.replaceAll("\\.?0+$", "");
  }

  /** A line from one point to another. */
  public void line(String style, double x1, double y1, double x2, double y2) {
    text.append(
        "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
            .formatted(style, number(x1), number(y1), number(x2), number(y2)));
  }

  /** A filled rectangle. */
  public void box(String style, double x, double y, double width, double height) {
    text.append(
        "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>\n"
            .formatted(style, number(x), number(y), number(width), number(height)));
  }

  /** A line through points, each an x and a y. */
  public void path(String style, List<double[]> points) {
    StringBuilder way = new StringBuilder();
    for (double[] point : points) {
      way.append(way.isEmpty() ? "M" : "L").append(number(point[0])).append(' ');
      way.append(number(point[1]));
    }
    text.append("<path class=\"%s\" d=\"%s\"/>\n".formatted(style, way));
  }

  /** A dot with a text that appears when the pointer rests on it. */
  public void dot(String style, double x, double y, String tip) {
    text.append(
        "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"2.2\"><title>%s</title></circle>\n"
            .formatted(style, number(x), number(y), escape(tip)));
  }

  /** A text in one line. */
  public void text(String style, double x, double y, Anchor anchor, String words) {
    text.append(
        "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
            .formatted(
                style,
                number(x),
                number(y),
                anchor.name().toLowerCase(Locale.ROOT),
                escape(words)));
  }

  /** A text that runs upwards, centred. */
  public void upright(String style, double x, double y, String words) {
    text.append(
        "<text class=\"%s\" transform=\"translate(%s %s) rotate(-90)\" text-anchor=\"middle\">%s</text>\n"
            .formatted(style, number(x), number(y), escape(words)));
  }

  /** The whole picture. */
  @Override
  public String toString() {
    return text + "</svg>\n";
  }
}
