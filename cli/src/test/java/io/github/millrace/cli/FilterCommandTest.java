package io.github.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.cli.text.JsonReader;
import io.github.millrace.io.Container;
import io.github.millrace.io.Encoding;
import io.github.millrace.io.FileFormat;
import io.github.millrace.io.ReadOptions;
import io.github.millrace.io.SignalFiles;
import io.github.millrace.io.SignalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code filter} from words to files. */
class FilterCommandTest {

  private static final double[][] NOISE = TestSignal.noise(2, 3_000, 0.4);

  @TempDir private Path folder;
  private Path in;
  private Path out;

  @BeforeEach
  void writeInput() throws IOException {
    in = TestSignal.write(folder.resolve("in.wav"), Encoding.F32, 48_000, NOISE);
    out = folder.resolve("out.wav");
  }

  private static FileFormat info(Path file) throws IOException {
    try (SignalReader reader = SignalFiles.open(file.toString(), ReadOptions.DEFAULT)) {
      return reader.info();
    }
  }

  private static CommandResult ok(Object... args) {
    CommandResult result = CommandResult.of(args);
    assertEquals(0, result.code(), result.err());
    return result;
  }

  private void assertOnlyInput() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void keepsFormatAndEncoding() throws IOException {
    ok("filter", in, out, "gain:0.5");
    FileFormat info = info(out);
    assertEquals(Encoding.F32, info.encoding());
    assertEquals(48_000, info.sampleRate());
    assertEquals(2, info.channels());
    double[][] written = TestSignal.read(out);
    assertEquals((float) NOISE[1][2_999] * 0.5f, written[1][2_999]);
  }

  @ParameterizedTest
  @EnumSource(names = {"U8", "S16", "S24", "S32", "F32", "F64"})
  void everyEncodingInAndOut(Encoding encoding) throws IOException {
    Path source = TestSignal.write(folder.resolve(encoding + ".wav"), encoding, 44_100, NOISE);
    ok("filter", source, out, "gain:1");
    assertEquals(encoding, info(out).encoding());
    double[][] expected = TestSignal.read(source);
    assertArrayEquals(expected[0], TestSignal.read(out)[0]);
    assertArrayEquals(expected[1], TestSignal.read(out)[1]);
  }

  @ParameterizedTest
  @CsvSource({"out.w64, W64", "out.rf64, RF64", "out.npy, NPY", "out.wav, WAV"})
  void nameChoosesTheFormat(String name, Container container) throws IOException {
    Path target = folder.resolve(name);
    ok("filter", in, target, "gain:1");
    assertEquals(container, info(target).container());
    assertArrayEquals(TestSignal.read(in)[1], TestSignal.read(target)[1]);
  }

  @Test
  void rawInAndOut() throws IOException {
    Path raw = folder.resolve("a.raw");
    ok("filter", "--encoding", "s24", in, raw, "mix:mono");
    assertEquals(3 * 3_000, Files.size(raw));
    Path back = folder.resolve("back.bin");
    ok(
        "filter",
        "--raw-format",
        "s24",
        "--rate",
        "48k",
        "--channels",
        "1",
        "--format",
        "npy",
        "--encoding",
        "f64",
        raw,
        back,
        "gain:2");
    double[] samples = TestSignal.read(back)[0];
    float[] mean = {(float) NOISE[0][5], (float) NOISE[1][5]};
    assertEquals(mean[0] + mean[1], samples[5], 0x1p-22);
  }

  @Test
  void npyNeedsARateForHertz() throws IOException {
    Path npy = TestSignal.write(folder.resolve("in.npy"), Encoding.F64, 0, NOISE);
    Path target = folder.resolve("out.npy");
    CommandResult refused = CommandResult.of("filter", npy, target, "butter:low:5k");
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("give it with --rate"), refused.err());
    ok("filter", npy, target, "butter:low:5k", "--rate", "48k");
    ok("filter", npy, folder.resolve("gain.npy"), "gain:1");
  }

  @Test
  void wavNeedsTheRateOfAnArray() throws IOException {
    Path npy = TestSignal.write(folder.resolve("in.npy"), Encoding.F64, 0, NOISE);
    CommandResult refused = CommandResult.of("filter", npy, out, "gain:1");
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("give it with --rate"), refused.err());
    ok("filter", npy, out, "gain:1", "--rate", "250");
    assertEquals(250, info(out).sampleRate());
  }

  @Test
  void ditherMovesSamplesByLessThanTwoSteps() throws IOException {
    ok("filter", "--encoding", "s16", in, out, "gain:1");
    Path dithered = folder.resolve("dithered.wav");
    ok("filter", "--encoding", "s16", "--dither", in, dithered, "gain:1");
    double[] plain = TestSignal.read(out)[0];
    double[] noisy = TestSignal.read(dithered)[0];
    int moved = 0;
    for (int i = 0; i < plain.length; i++) {
      assertEquals(plain[i], noisy[i], 2.0 / 32_768);
      moved += plain[i] == noisy[i] ? 0 : 1;
    }
    assertTrue(moved > plain.length / 4, moved + " samples moved");
  }

  @Test
  void inputMayBeReplaced() throws IOException {
    double[][] before = TestSignal.read(in);
    ok("filter", "-y", in, in, "gain:-1x");
    assertEquals(-before[1][7], TestSignal.read(in)[1][7]);
    assertOnlyInput();
  }

  @Test
  void pipesCarryData() throws IOException {
    CommandResult piped = CommandResult.fed(Files.readAllBytes(in), "filter", "-", "-", "gain:1");
    assertEquals(0, piped.code(), piped.err());
    Path copy = folder.resolve("copy.wav");
    Files.write(copy, piped.out().toByteArray());
    assertArrayEquals(TestSignal.read(in)[1], TestSignal.read(copy)[1]);
    assertEquals(1, piped.err().lines().count());
  }

  @Test
  void pipedFormatCanBeChosen() throws IOException {
    byte[] bytes = Files.readAllBytes(in);
    CommandResult raw =
        CommandResult.fed(
            bytes, "filter", "-q", "-", "-", "gain:1", "--format", "raw", "--encoding", "s16");
    assertEquals(0, raw.code(), raw.err());
    assertEquals(2 * 2 * 3_000, raw.out().size());
    assertEquals("", raw.err());
    CommandResult w64 =
        CommandResult.fed(bytes, "filter", "-q", "-", "-", "gain:1", "--format", "w64");
    assertTrue(w64.text().startsWith("riff"));
  }

  @Test
  void existingOutputIsKeptUnlessY() throws IOException {
    Files.writeString(out, "precious");
    CommandResult refused = CommandResult.of("filter", in, out, "gain:1");
    assertEquals(2, refused.code());
    assertEquals(
        "millrace filter: " + out + ": exists already, -y replaces it", refused.err().strip());
    assertEquals("precious", Files.readString(out));
    ok("filter", "-y", in, out, "gain:1");
    assertEquals(3_000, info(out).frames());
  }

  @Test
  void failureLeavesNothing() throws IOException {
    Files.write(in, java.util.Arrays.copyOf(Files.readAllBytes(in), 40));
    CommandResult result = CommandResult.of("filter", in, out, "gain:1");
    assertEquals(2, result.code());
    assertTrue(result.err().contains(in.toString()), result.err());
    assertOnlyInput();
  }

  @Test
  void lengthFollowsTheStages() throws IOException {
    ok("filter", in, out, "delay:100frames");
    assertEquals(3_100, info(out).frames());
    double[][] written = TestSignal.read(out);
    assertEquals(0, written[0][99]);
    assertEquals(TestSignal.read(in)[0][2_999], written[0][3_099]);
  }

  @Test
  void clippingIsCountedAndWarnedOf() throws IOException {
    CommandResult result = ok("filter", "--encoding", "s16", in, out, "gain:2", "gain:4");
    String warning = result.err().lines().findFirst().orElseThrow();
    assertTrue(warning.startsWith("millrace: warning: " + out + ": "), warning);
    assertTrue(warning.contains(" samples clipped"), warning);
  }

  @Test
  void unstableFilterIsWarnedOf() throws IOException {
    double[][] section = {{1}, {0}, {0}, {1}, {-2.5}, {1}};
    Path sos = TestSignal.write(folder.resolve("sos.npy"), Encoding.F64, 0, section);
    CommandResult result = ok("filter", in, out, "sos:" + sos);
    assertTrue(result.err().contains("unstable, a pole has radius 2.0"), result.err());
  }

  @Test
  void summaryNamesBackendAndSpeed() {
    String err = ok("filter", "--backend=java", in, out, "gain:1").err();
    assertTrue(err.startsWith("java on "), err);
    assertTrue(err.contains(": 3,000 frames in "), err);
    assertTrue(err.contains(" times real time"), err);
    assertEquals("", ok("filter", "-y", "-q", in, out, "gain:1").err());
  }

  @Test
  void dashesMayStandBeforeTheStages() throws IOException {
    ok("filter", in, out, "--", "gain:0.5");
    assertEquals(3_000, info(out).frames());
    CommandResult refused = CommandResult.of("filter", in, "--", "gain:0.5");
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("OUT is missing: expected IN OUT STAGE"), refused.err());
  }

  /** On one block and on many: where the time went adds up to all of it. */
  @ParameterizedTest
  @CsvSource({"3000, s16", "3000000, s16", "3000000, f32"})
  void partsOfTheTimeAddUp(int frames, String encoding) throws IOException {
    Path input =
        TestSignal.write(
            folder.resolve("l.wav"),
            Encoding.parse(encoding),
            48_000,
            TestSignal.noise(1, frames, 0.5));
    Path report = folder.resolve("r.json");
    ok("filter", input, out, "butter:low:1k", "--report", report);
    Map<?, ?> fields = (Map<?, ?>) JsonReader.read(Files.readString(report));
    double sum = 0;
    for (String part : List.of("start", "read", "convert", "filter", "write")) {
      double seconds = ((Number) fields.get(part + "Seconds")).doubleValue();
      assertTrue(seconds >= 0, part);
      sum += seconds;
    }
    double all =
        ((Number) fields.get("startSeconds")).doubleValue()
            + ((Number) fields.get("seconds")).doubleValue();
    assertEquals(all, sum, 0.05 * all);
  }

  @Test
  void fastIsRefusedByTheReference() {
    CommandResult result =
        CommandResult.of("filter", "--backend=java", "--precision=fast", in, out, "gain:1");
    assertEquals(2, result.code());
    assertTrue(result.err().contains("it computes in float64 only"), result.err());
  }

  @Test
  void plainProgressPrintsLines() {
    String err = ok("filter", "--progress", "plain", in, out, "gain:1").err();
    assertTrue(err.startsWith("100%, 3,000 frames"), err);
  }

  @ParameterizedTest
  @CsvSource({
    "--backend=java:7, 2, backend java:7 has no such device",
    "--backend=javva, 1, did you mean 'java'?",
    "--precision=fsat, 1, unknown precision 'fsat'",
    "--type=f16, 1, sample type f16 is refused",
    "--encoding=s12, 1, unknown encoding 's12'",
    "--format=flac, 1, unknown file format 'flac'",
    "--threads=0, 1, '--threads: is 0, expected at least 1'",
    "--threads=x, 1, invalid value for option '--threads'",
    "--threshold=-1, 1, '--threshold: is -1, expected at least 0'",
    "--progress=fancy, 1, unknown mode 'fancy'",
    "--rate=44.1k, 1, says 48000 Hz",
    "--rate=-1, 1, '--rate: is -1, expected above 0 Hz'",
    "--channels=0, 1, '--channels: is 0, expected 1 to 65535'",
    "--encodng=s16, 1, 'unknown option ''--encodng'', did you mean ''--encoding''?'"
  })
  void badOptions(String option, int code, String message) throws IOException {
    CommandResult result = CommandResult.of("filter", option, in, out, "gain:1");
    assertEquals(code, result.code(), result.err());
    assertTrue(result.err().contains(message), result.err());
    assertEquals(1, result.err().lines().count());
    assertFalse(Files.exists(out));
    assertOnlyInput();
  }

  @Test
  void missingWordsAreNamed() {
    assertTrue(CommandResult.of("filter").err().contains("IN, OUT and stages are missing"));
    assertTrue(CommandResult.of("filter", in, out).err().contains("stages are missing"));
    CommandResult noOut = CommandResult.of("filter", in, "gain:1", "gain:1");
    assertEquals(1, noOut.code());
    assertTrue(noOut.err().contains("OUT is missing"), noOut.err());
  }
}
