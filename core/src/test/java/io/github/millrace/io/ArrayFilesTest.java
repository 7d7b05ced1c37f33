package io.github.millrace.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** NumPy's arrays of every type and order, made by {@code tools/golden/io_arrays.py}. */
final class ArrayFilesTest {

  @TempDir Path folder;

  /** One line of the table. */
  record Golden(
      String name, Encoding encoding, int axis, int channels, int frames, boolean asWritten) {

    Path path() throws Exception {
      return arrays().resolve(name + ".npy");
    }

    double[] counts() throws Exception {
      byte[] bytes = Files.readAllBytes(arrays().resolve(name + ".f64"));
      double[] values = new double[bytes.length / Double.BYTES];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
      return values;
    }
  }

  private static Path arrays() throws Exception {
    return Path.of(ArrayFilesTest.class.getResource("/golden/arrays/arrays.txt").toURI())
        .getParent();
  }

  static Stream<Golden> golden() throws Exception {
    return Files.readAllLines(arrays().resolve("arrays.txt")).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(" "))
        .map(
            f ->
                new Golden(
                    f[0],
                    Encoding.parse(f[1]),
                    Integer.parseInt(f[2]),
                    Integer.parseInt(f[3]),
                    Integer.parseInt(f[4]),
                    f[5].equals("True")));
  }

  private static double[] read(String name, ReadOptions options) throws IOException {
    try (SignalReader reader = SignalFiles.open(name, options);
        SignalBuffer buffer =
            SignalBuffer.allocate(
                SampleType.FLOAT64, reader.info().channels(), reader.info().frames())) {
      reader.read(buffer, 0, buffer.frames());
      return buffer.toInterleavedDoubles();
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void countsAreNumpys(Golden array) throws Exception {
    ReadOptions options = ReadOptions.DEFAULT.withScale(Scale.COUNTS);
    for (int axis : new int[] {array.axis(), array.axis() - (array.channels() == 1 ? 1 : 2)}) {
      ReadOptions along = options.withAxis(axis);
      assertArrayEquals(array.counts(), read(array.path().toString(), along));
    }
    assertEquals(array.encoding(), info(array.path(), options.withAxis(array.axis())).encoding());
  }

  @ParameterizedTest
  @MethodSource("golden")
  void fullScaleIsCountsOverHalfTheRange(Golden array) throws Exception {
    double half = Math.scalb(1.0, 8 * array.encoding().bytes() - 1);
    double[] expected =
        Arrays.stream(array.counts())
            .map(
                count ->
                    !array.encoding().isInteger()
                        ? count
                        : (array.encoding().isSigned() ? count : count - half) / half)
            .toArray();
    double[] got = read(array.path().toString(), ReadOptions.DEFAULT.withAxis(array.axis()));
    // Of 64 bits, subtracting before rounding is the more exact.
    assertArrayEquals(expected, got, array.encoding() == Encoding.U64 ? 0x1p-52 : 0);
  }

  /** A copy has the orientation and the numbers of its source, in either scale. */
  @ParameterizedTest
  @MethodSource("golden")
  void copiesAreNumpysFiles(Golden array) throws Exception {
    for (Scale scale : Scale.values()) {
      ReadOptions options = ReadOptions.DEFAULT.withScale(scale).withAxis(array.axis());
      Path copy = folder.resolve(scale + ".npy");
      copy(array.path(), options, copy);
      assertEquals(info(array.path(), options).shape(), info(copy, options).shape());
      assertArrayEquals(read(array.path().toString(), options), read(copy.toString(), options));
      boolean exact = array.encoding().bytes() < 8 || array.encoding() == Encoding.F64;
      if (array.asWritten() && exact) {
        assertArrayEquals(Files.readAllBytes(array.path()), Files.readAllBytes(copy));
      }
    }
  }

  private static FileFormat info(Path file, ReadOptions options) throws IOException {
    try (SignalReader reader = SignalFiles.open(file.toString(), options)) {
      return reader.info();
    }
  }

  private static void copy(Path from, ReadOptions options, Path to) throws IOException {
    try (SignalReader reader = SignalFiles.open(from.toString(), options);
        SignalBuffer buffer =
            SignalBuffer.allocate(
                SampleType.FLOAT64, reader.info().channels(), reader.info().frames());
        SignalWriter writer = SignalFiles.create(to.toString(), WriteOptions.like(reader.info()))) {
      reader.read(buffer, 0, buffer.frames());
      writer.write(buffer, 0, buffer.frames());
      assertEquals(0, writer.clipped());
      writer.commit();
    }
  }

  /** Where no axis is stated, what is read is said, and what could be either is refused. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "9 | FRAMES | 9 | 1 | false",
        "9, 3 | FRAMES_CHANNELS | 9 | 3 | true",
        "9, 1 | FRAMES_CHANNELS | 9 | 1 | true",
        "1, 9 | CHANNELS_FRAMES | 9 | 1 | true",
        "1, 1 | FRAMES_CHANNELS | 1 | 1 | true",
        "0, 9 | FRAMES_CHANNELS | 0 | 9 | true"
      })
  void theLikelyAxisIsTakenAndNoted(
      String dims, ArrayShape shape, long frames, int channels, boolean noted) throws IOException {
    FileFormat info = info(zeros(dims), ReadOptions.DEFAULT);
    assertEquals(shape, info.shape());
    assertEquals(frames, info.frames());
    assertEquals(channels, info.channels());
    String how = shape == ArrayShape.CHANNELS_FRAMES ? "(channels, frames)" : "(frames, channels)";
    String note = "shape (" + dims + ") is taken as " + how + ", since no axis is stated";
    assertEquals(noted ? List.of(note) : List.of(), info.notes());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"2, 60", "32, 1000", "9, 9", "2, 2", "2, 3"})
  void whatCouldBeEitherIsRefused(String dims) throws IOException {
    Path file = zeros(dims);
    String message =
        assertThrows(
                SignalFileException.class,
                () -> SignalFiles.open(file.toString(), ReadOptions.DEFAULT))
            .getMessage();
    assertTrue(message.contains("shape is (" + dims + "), and the axis of time is not"), message);
    long first = Long.parseLong(dims.substring(0, dims.indexOf(',')));
    assertEquals(first, info(file, ReadOptions.DEFAULT.withAxis(0)).frames());
    assertEquals(first, info(file, ReadOptions.DEFAULT.withAxis(1)).channels());
    assertEquals(first, info(file, ReadOptions.DEFAULT.withAxis(-1)).channels());
    assertEquals(List.of(), info(file, ReadOptions.DEFAULT.withAxis(-1)).notes());
  }

  @Test
  void oneDimensionHasOneAxis() throws IOException {
    Path file = zeros("9");
    assertEquals(9, info(file, ReadOptions.DEFAULT.withAxis(-1)).frames());
    String message =
        assertThrows(
                SignalFileException.class,
                () -> SignalFiles.open(file.toString(), ReadOptions.DEFAULT.withAxis(1)))
            .getMessage();
    assertTrue(message.endsWith("has 1 dimension, axis 1 is out of bounds"), message);
    assertThrows(IllegalArgumentException.class, () -> ReadOptions.DEFAULT.withAxis(2));
  }

  private Path zeros(String dims) throws IOException {
    long count =
        Arrays.stream(dims.split(", ")).mapToLong(Long::parseLong).reduce(1, (a, b) -> a * b);
    String shape = dims.contains(",") ? dims : dims + ",";
    String text = "{'descr': '|i1', 'fortran_order': False, 'shape': (" + shape + "), }";
    byte[] file = new byte[128 + (int) count];
    byte[] head = ("\u0093NUMPY\u0001\u0000v\u0000" + text).getBytes(StandardCharsets.ISO_8859_1);
    Arrays.fill(file, 0, 128, (byte) ' ');
    System.arraycopy(head, 0, file, 0, head.length);
    return Files.write(folder.resolve("zeros.npy"), file);
  }

  /** Counts round to the nearest, ties to even, clip at the ends, and NaN is 0 but not clipped. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "[US]\\d+")
  void countsRoundAndClip(Encoding encoding) throws IOException {
    boolean signed = encoding.isSigned();
    int bits = 8 * encoding.bytes() - (signed ? 1 : 0);
    double top = Math.scalb(1.0, bits) - 1;
    double low = signed ? -Math.scalb(1.0, bits) : 0;
    double[] samples = {0, 0.5, 1.5, 2.4, 100, top, low, 3 * top, -9 * top, 1 / 0.0, Double.NaN};
    double[] expected = {0, 0, 2, 2, 100, top, low, top, low, top, 0};
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    WriteOptions options =
        WriteOptions.of(encoding, 8000, 1)
            .withContainer(Container.RAW)
            .withScale(Scale.COUNTS)
            .withStdout(bytes);
    try (SignalBuffer buffer = SignalBuffer.ofPlanar(samples);
        SignalWriter writer = SignalFiles.create("-", options)) {
      writer.write(buffer, 0, samples.length);
      assertEquals(3, writer.clipped());
      assertEquals(1, writer.undefined());
      writer.commit();
    }
    ReadOptions back =
        ReadOptions.raw(encoding, 8000, 1)
            .withScale(Scale.COUNTS)
            .withStdin(new ByteArrayInputStream(bytes.toByteArray()));
    try (SignalReader reader = SignalFiles.open("-", back);
        SignalBuffer buffer = SignalBuffer.allocate(SampleType.FLOAT64, 1, samples.length)) {
      reader.read(buffer, 0, samples.length);
      assertArrayEquals(expected, buffer.toDoubles(0));
    }
  }
}
