package io.github.millrace.design;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Reads the golden files that {@code tools/golden/fir_golden.py} writes. */
public final class FirGolden {
  /** One line: what was asked, and SciPy's answer. */
  public record Case(List<String> keys, List<Double> values) {
    public double[] numbers() {
      return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    public String key(int i) {
      return keys.get(i);
    }

    public int integer(int i) {
      return Integer.parseInt(key(i));
    }

    public double real(int i) {
      return Double.parseDouble(key(i));
    }

    public double[] reals(int i) {
      return Arrays.stream(key(i).split(",")).mapToDouble(Double::parseDouble).toArray();
    }

    @Override
    public String toString() {
      return String.join(" ", keys);
    }
  }

  private FirGolden() {}

  public static List<Case> read(String name) {
    String path = "/golden/" + name + ".txt.gz";
    try (var stream =
            Objects.requireNonNull(
                FirGolden.class.getResourceAsStream(path), "no resource " + path);
        var reader =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(stream), StandardCharsets.US_ASCII))) {
      List<Case> cases =
          reader.lines().filter(line -> !line.startsWith("#")).map(FirGolden::parse).toList();
      if (cases.isEmpty()) {
        throw new IllegalStateException(path + " holds no case");
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  private static Case parse(String line) {
    int colon = line.indexOf(" : ");
    return new Case(
        List.of(line.substring(0, colon).split(" ")),
        Arrays.stream(line.substring(colon + 3).split(" ")).map(Double::valueOf).toList());
  }
}
