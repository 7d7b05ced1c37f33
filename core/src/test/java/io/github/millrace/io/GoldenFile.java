package io.github.millrace.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One line of the table of files that other programs wrote (tools/golden/io_files.py).
 *
 * @param frames -1 where the header does not say
 * @param samples name of the file with the samples as interleaved float64
 */
record GoldenFile(
    String name,
    Container container,
    Encoding encoding,
    double sampleRate,
    int channels,
    long frames,
    int channelMask,
    String samples) {

  static List<GoldenFile> all() {
    try {
      return Files.readAllLines(folder().resolve("files.txt")).stream()
          .filter(line -> !line.startsWith("#"))
          .map(line -> parse(line.split(" ")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static GoldenFile named(String name) {
    return all().stream().filter(file -> file.name.equals(name)).findFirst().orElseThrow();
  }

  private static GoldenFile parse(String[] field) {
    return new GoldenFile(
        field[0],
        Container.parse(field[1]),
        Encoding.parse(field[2]),
        Double.parseDouble(field[3]),
        Integer.parseInt(field[4]),
        Long.parseLong(field[5]),
        Integer.parseInt(field[6]),
        field[7]);
  }

  private static Path folder() {
    try {
      return Path.of(GoldenFile.class.getResource("/golden/io/files.txt").toURI()).getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  Path path() {
    return folder().resolve(name);
  }

  byte[] bytes() throws IOException {
    return Files.readAllBytes(path());
  }

  double[] interleaved() throws IOException {
    byte[] bytes = Files.readAllBytes(folder().resolve(samples));
    double[] values = new double[bytes.length / Double.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
    return values;
  }

  /** The number of frames that its samples make. */
  long heldFrames() throws IOException {
    return interleaved().length / channels;
  }
}
