package io.github.millrace.cli.response;

import io.github.millrace.cli.text.Figures;
import io.github.millrace.design.Sos;
import io.github.millrace.plan.ChainResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A response in words: peak, edges, ripple, stability, and a table. */
public final class ResponseSummary {

  private static final double EDGE_DB = -3.0102999566398120;
  private static final int BISECTIONS = 60;

  private final ChainResponse chain;
  private final double[] frequencies;
  private final double[] magnitude;
  private final double peak;
  private final int peakAt;

  /** The summary of a chain whose curve is given. */
  public ResponseSummary(ChainResponse chain, ResponseCurve curve) {
    this.chain = chain;
    frequencies = curve.frequencies();
    magnitude = curve.magnitudeDb();
    int best = 0;
    for (int i = 0; i < magnitude.length; i++) {
      best = magnitude[i] > magnitude[best] ? i : best;
    }
    peakAt = best;
    peak = magnitude[best];
  }

  /** All lines. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("rate       " + Figures.shortest(chain.sampleRate()) + " Hz");
    lines.add("peak       " + Figures.decibels(peak) + " at " + hertz(frequencies[peakAt]));
    lines.add("-3 dB at   " + crossings(peak + EDGE_DB));
    lines.add("-6 dB at   " + crossings(peak + 2 * EDGE_DB));
    lines.add("-60 dB at  " + crossings(peak - 60));
    lines.add("ripple     " + Figures.decibels(ripple()) + " within the pass band");
    stability(lines);
    lines.add("");
    table(lines);
    return lines;
  }

  private static String hertz(double frequency) {
    if (frequency == 0) {
      return "0 Hz";
    }
    int decimals = (int) Math.clamp(4 - Math.floor(Math.log10(frequency)), 0, 6);
    return Figures.fixed(frequency, decimals) + " Hz";
  }

  /** The frequencies at which the magnitude passes a level, those of combs cut short. */
  private String crossings(double level) {
    List<String> found = new ArrayList<>();
    for (int i = 1; i < magnitude.length; i++) {
      boolean before = magnitude[i - 1] >= level;
      if (before != (magnitude[i] >= level)) {
        found.add(hertz(crossing(i, level, before)) + (before ? " falling" : " rising"));
      }
    }
    if (found.isEmpty()) {
      return "no frequency, relative to the peak";
    }
    int shown = Math.min(8, found.size());
    String rest = shown < found.size() ? ", and " + (found.size() - shown) + " more" : "";
    return String.join(", ", found.subList(0, shown)) + rest;
  }

  private double crossing(int upper, double level, boolean falling) {
    double low = frequencies[upper - 1];
    double high = frequencies[upper];
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = 0.5 * (low + high);
      if ((chain.at(middle).magnitudeDb()[0] >= level) == falling) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return 0.5 * (low + high);
  }

  /** How far the lowest dip, or the lowest end of the axis, within 3 dB of the peak is below it. */
  private double ripple() {
    int last = magnitude.length - 1;
    double lowest = peak;
    for (int i = 0; i <= last; i++) {
      boolean falls = i == 0 || magnitude[i] <= magnitude[i - 1];
      boolean rises = i == last || magnitude[i] <= magnitude[i + 1];
      if (falls && rises && magnitude[i] >= peak + EDGE_DB) {
        lowest = Math.min(lowest, magnitude[i]);
      }
    }
    return peak - lowest;
  }

  private void stability(List<String> lines) {
    double radius = 0;
    boolean stable = true;
    for (Sos sos : chain.cascades()) {
      radius = Math.max(radius, sos.maxPoleRadius());
      stable &= sos.isStable();
    }
    if (radius > 0) {
      String verdict = stable ? "stable" : "UNSTABLE";
      lines.add("poles      " + verdict + ", largest radius " + radius);
    }
  }

  private void table(List<String> lines) {
    double[] at = tableFrequencies();
    var response = chain.at(at);
    double[] level = response.magnitudeDb();
    double[] delay = response.groupDelay();
    lines.add(row("frequency", "magnitude", "group delay", ""));
    for (int i = 0; i < at.length; i++) {
      String frames = Figures.fixed(delay[i], 2) + " frames";
      String time = Figures.fixed(1000 * delay[i] / chain.sampleRate(), 3) + " ms";
      lines.add(row(hertz(at[i]), Figures.decibels(level[i]), frames, time));
    }
  }

  private static String row(String frequency, String level, String frames, String time) {
    return String.format(Locale.ROOT, "%16s %13s %18s %14s", frequency, level, frames, time)
        .stripTrailing();
  }

  /** 0, then 1, 2 and 5 of every decade of the axis, then half the sample rate. */
  private double[] tableFrequencies() {
    List<Double> all = new ArrayList<>(List.of(0.0));
    double end = chain.sampleRate() / 2;
    for (double decade = frequencies[0]; decade < end; decade *= 10) {
      for (int step : new int[] {1, 2, 5}) {
        if (decade * step < end) {
          all.add(decade * step);
        }
      }
    }
    all.add(end);
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
