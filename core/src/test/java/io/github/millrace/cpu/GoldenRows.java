package io.github.millrace.cpu;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads golden files of lines {@code key key ... : number number ...}. */
final class GoldenRows {

  /** One line. */
  record Row(List<String> keys, List<Double> numbers) {

    int integer(int key) {
      return Integer.parseInt(keys.get(key));
    }

    double[] numbers(int from, int count) {
      return numbers.subList(from, from + count).stream().mapToDouble(d -> d).toArray();
    }

    @Override
    public String toString() {
      return String.join(" ", keys);
    }
  }

  private GoldenRows() {}

  static List<Row> read(String name) {
    try (var stream = GoldenRows.class.getResourceAsStream("/golden/" + name + ".txt.gz");
        var reader =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(stream), StandardCharsets.US_ASCII))) {
      return reader.lines().filter(line -> !line.startsWith("#")).map(GoldenRows::row).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  private static Row row(String line) {
    int colon = line.indexOf(" : ");
    return new Row(
        List.of(line.substring(0, colon).split(" ")),
        Arrays.stream(line.substring(colon + 3).split(" ")).map(Double::valueOf).toList());
  }
}
