package io.github.millrace.cli.response;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws a response: magnitude, phase and group delay over a logarithmic frequency axis. */
public final class ResponsePlot {

  private static final int WIDTH = 1200;
  private static final int HEIGHT = 440;
  private static final double DEEPEST_DB = 120;

  /** Below this, relative to the peak, phase and delay mean little and are not drawn. */
  private static final double FAINT_DB = 100;

  private static final String NUMBERS = "#,##0.####";
  private static final Color LINE = new Color(0x1f, 0x5f, 0xa8);
  private static final Color GRID = new Color(0xd8, 0xd8, 0xd8);

  private final ResponseCurve curve;
  private final double sampleRate;
  private final double peak;

  /** A plot of this curve of a chain at a sample rate in Hz. */
  public ResponsePlot(ResponseCurve curve, double sampleRate) {
    this.curve = curve;
    this.sampleRate = sampleRate;
    peak = Arrays.stream(curve.magnitudeDb()).max().orElseThrow();
  }

  /**
   * Writes the plot as PNG.
   *
   * @param title above the plot
   * @throws IOException if the file cannot be written, or this Java cannot draw
   */
  public void write(Path file, String title) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      List<XYChart> panels = List.of(magnitude(title), phase(), delay());
      BitmapEncoder.saveBitmap(panels, panels.size(), 1, bytes, BitmapFormat.PNG);
    } catch (LinkageError | InternalError | NullPointerException e) {
      throw new IOException(
          file
              + ": this Java cannot draw, it found no fonts ("
              + e
              + "); install fontconfig and fonts-dejavu-core, or use --csv",
          e);
    }
    Files.write(file, bytes.toByteArray());
  }

  private XYChart magnitude(String title) {
    double top = 10 * Math.ceil((peak + 3) / 10);
    double[] levels = curve.magnitudeDb();
    double lowest = peak;
    for (int i = 0; i < levels.length; i++) {
      levels[i] = Math.max(levels[i], top - DEEPEST_DB - 10);
      lowest = Math.min(lowest, levels[i]);
    }
    double bottom = Math.max(top - DEEPEST_DB, 10 * Math.floor((lowest - 3) / 10));
    return panel(title, "magnitude (dB)", levels, new double[] {bottom, top});
  }

  private XYChart phase() {
    double[] degrees = visible(curve.phase());
    for (int i = 0; i < degrees.length; i++) {
      degrees[i] = Math.toDegrees(degrees[i]);
    }
    return panel("", "phase (degrees)", degrees, range(degrees));
  }

  private XYChart delay() {
    double[] millis = visible(curve.groupDelay());
    for (int i = 0; i < millis.length; i++) {
      millis[i] *= 1000 / sampleRate;
    }
    return panel("", "group delay (ms)", millis, range(millis));
  }

  /** The values where the signal comes through, NaN elsewhere. */
  private double[] visible(double[] values) {
    double[] levels = curve.magnitudeDb();
    for (int i = 0; i < values.length; i++) {
      if (!(levels[i] > peak - FAINT_DB)) {
        values[i] = Double.NaN;
      }
    }
    return values;
  }

  /** Least and largest value with a margin; a flat curve lies in the middle. */
  private static double[] range(double[] values) {
    double least = Arrays.stream(values).filter(Double::isFinite).min().orElse(0);
    double largest = Arrays.stream(values).filter(Double::isFinite).max().orElse(0);
    double margin = Math.max(0.05 * (largest - least), Math.max(1e-3, 0.05 * Math.abs(largest)));
    return new double[] {least - margin, largest + margin};
  }

  private XYChart panel(String title, String axis, double[] values, double[] range) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("frequency (Hz)")
            .yAxisTitle(axis)
            .build();
    style(chart.getStyler());
    chart.getStyler().setChartTitleVisible(!title.isEmpty());
    chart.getStyler().setYAxisMin(range[0]).setYAxisMax(range[1]);
    double[] frequencies = curve.frequencies();
    chart.getStyler().setXAxisMin(frequencies[0]).setXAxisMax(sampleRate / 2);
    chart
        .addSeries(axis, frequencies, values)
        .setMarker(SeriesMarkers.NONE)
        .setLineColor(LINE)
        .setLineStyle(new BasicStroke(2f));
    return chart;
  }

  private static void style(XYStyler styler) {
    styler.setLegendVisible(false).setChartBackgroundColor(Color.WHITE);
    styler.setXAxisLogarithmic(true).setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 15));
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
    styler.setChartTitleBoxVisible(false);
    styler.setXAxisDecimalPattern(NUMBERS).setYAxisDecimalPattern(NUMBERS);
    styler.setPlotContentSize(0.99).setYAxisLeftWidthHint(100);
  }
}
