package io.github.millrace.design;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads the golden files of IIR designs, whose first line names the SciPy that wrote them. */
final class IirGolden {

  private IirGolden() {}

  /**
   * One designed filter.
   *
   * @param tie whether the pairing of sections is a tie between equals
   * @param distance the largest distance of SciPy's response from the exact one
   * @param rows SciPy's sections
   * @param points rows [frequency, re, im] of the exact response
   */
  record Case(
      String family,
      Prototype prototype,
      int order,
      Band band,
      boolean tie,
      double distance,
      List<double[]> rows,
      List<double[]> points) {

    ClassicFilter filter() {
      return new ClassicFilter(prototype, order, band);
    }

    boolean isHighElliptic() {
      return family.equals("ellip") && order > 12;
    }

    String name() {
      return filter().describe() + " at a rate of 2 Hz";
    }
  }

  /** The prototype that the generator calls by this name. */
  private static Prototype prototype(String family, double ripple, double attenuation) {
    return switch (family) {
      case "butter" -> new Prototype.Butterworth();
      case "cheby1" -> new Prototype.Chebyshev1(ripple);
      case "cheby2" -> new Prototype.Chebyshev2(attenuation);
      case "ellip" -> new Prototype.Elliptic(ripple, attenuation);
      case "bessel_phase" -> new Prototype.Bessel(Prototype.Norm.PHASE);
      case "bessel_delay" -> new Prototype.Bessel(Prototype.Norm.DELAY);
      case "bessel_mag" -> new Prototype.Bessel(Prototype.Norm.MAG);
      default -> throw new IllegalArgumentException("family is " + family);
    };
  }

  /** The band that the generator calls by this name. */
  static Band band(String kind, double low, double high) {
    return switch (kind) {
      case "low" -> Band.low(low);
      case "high" -> Band.high(low);
      case "bandpass" -> Band.bandpass(low, high);
      case "bandstop" -> Band.bandstop(low, high);
      default -> throw new IllegalArgumentException("band is " + kind);
    };
  }

  /** All designed filters of a file. */
  static List<Case> cases(String name) {
    List<Case> cases = new ArrayList<>();
    try (BufferedReader reader = open(name + ".txt.gz")) {
      String line;
      while ((line = reader.readLine()) != null) {
        String[] word = line.split(" ", -1);
        double[] number =
            Arrays.stream(word)
                .mapToDouble(each -> each.matches("[-.0-9e+]+") ? Double.parseDouble(each) : 0)
                .toArray();
        List<double[]> rows = numbers(reader, (int) number[9]);
        List<double[]> points = numbers(reader, (int) number[10]);
        cases.add(
            new Case(
                word[1],
                prototype(word[1], number[2], number[3]),
                (int) number[5],
                band(word[4], number[6], number[7]),
                number[8] == 1,
                number[11],
                rows,
                points));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cases;
  }

  /** A golden file after its first line, which must name the SciPy of the golden data. */
  private static BufferedReader open(String name) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(IirGolden.class.getResourceAsStream("/golden/" + name)),
                StandardCharsets.UTF_8));
    String version = reader.readLine();
    if (!version.startsWith("scipy 1.17.1 ")) {
      throw new IOException(name + " is of " + version + ", expected scipy 1.17.1");
    }
    return reader;
  }

  /** The next lines, as numbers separated by spaces. */
  private static List<double[]> numbers(BufferedReader reader, int lines) throws IOException {
    List<double[]> numbers = new ArrayList<>();
    for (int i = 0; i < lines; i++) {
      numbers.add(numbers(reader.readLine()));
    }
    return numbers;
  }

  /** Numbers separated by spaces. */
  private static double[] numbers(String line) {
    return line.isEmpty()
        ? new double[0]
        : Arrays.stream(line.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }
}
