package io.github.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.io.ArrayShape;
import io.github.millrace.io.Encoding;
import io.github.millrace.io.FileFormat;
import io.github.millrace.io.ReadOptions;
import io.github.millrace.io.Scale;
import io.github.millrace.io.SignalFiles;
import io.github.millrace.io.SignalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs that are easily read wrongly; what is right is SciPy's, by tools/golden/cli_cases.py. */
class FilterValuesTest {

  @TempDir private Path folder;
  private Path out;

  @BeforeEach
  void nameOutput() {
    out = folder.resolve("out.npy");
  }

  private static Path golden(String name) throws Exception {
    return Path.of(FilterValuesTest.class.getResource("/golden/cases/" + name).toURI());
  }

  private static CommandResult ok(Object... args) {
    CommandResult result = CommandResult.of(args);
    assertEquals(0, result.code(), result.err());
    return result;
  }

  private CommandResult refused(int code, String message, Object... args) {
    CommandResult result = CommandResult.of(args);
    assertEquals(code, result.code(), result.err());
    assertTrue(result.err().contains(message), result.err());
    assertFalse(Files.exists(out));
    return result;
  }

  private static FileFormat info(Path file, ReadOptions options) throws IOException {
    try (SignalReader reader = SignalFiles.open(file.toString(), options)) {
      return reader.info();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "keep, '; --nan zero or --nan hold replaces them'",
    "zero, '; replaced by 0'",
    "hold, '; replaced by the last finite sample of their channel'"
  })
  void samplesThatAreNotFiniteAreNamed(String choice, String become) throws Exception {
    Path in = golden("f32nan.wav");
    String err =
        ok(
                "filter",
                "--nan",
                choice,
                "--type",
                "f64",
                "--encoding",
                "f64",
                in,
                out,
                "butter:low:5k")
            .err();
    String warning =
        "millrace: warning: "
            + in
            + ": 3 samples are not finite, the first at frame 10 of channel 0 (counted from 0)"
            + become;
    assertEquals(warning, err.lines().findFirst().orElseThrow());
    double[] expected = TestSignal.read(golden("nan_" + choice + ".npy"))[0];
    assertArrayEquals(expected, TestSignal.read(out)[0], 1e-13);
  }

  @Test
  void keepingIsTheDefaultAndFailingLeavesNothing() throws Exception {
    Path in = golden("f32nan.wav");
    String err = ok("filter", in, folder.resolve("a.wav"), "gain:1").err();
    assertTrue(err.contains("3 samples are not finite"), err);
    refused(
        2,
        in + ": the sample at frame 10 of channel 0 (counted from 0) is NaN, expected finite",
        "filter",
        "--nan=fail",
        in,
        out,
        "gain:1");
    refused(1, "--nan: unknown choice 'drop'", "filter", "--nan=drop", in, out, "gain:1");
    Path report = folder.resolve("r.json");
    ok("filter", "-q", in, out, "gain:1", "--report", report);
    assertTrue(Files.readString(report).contains("\"nonFinite\": 3,"));
  }

  /** NaN becomes 0, and is not clipped; infinity is. */
  @Test
  void integersHoldZeroForNan() throws Exception {
    Path in = golden("f32nan.wav");
    Path wav = folder.resolve("out.wav");
    String err = ok("filter", "--encoding", "s16", in, wav, "gain:0.5").err();
    assertTrue(err.contains(wav + ": 2 samples clipped"), err);
    assertTrue(err.contains(": 1 sample is not a number, s16 holds 0 instead"), err);
    double[] written = TestSignal.read(wav)[0];
    assertEquals(0, written[10]);
    assertEquals(1 - 0x1p-15, written[20]);
    assertEquals(-1, written[30]);
    assertEquals(Math.rint(0.5 * TestSignal.read(in)[0][11] * 32_768) / 32_768, written[11]);
  }

  @ParameterizedTest
  @CsvSource({"0, axis0.npy", "1, axis1.npy", "-1, axis1.npy", "-2, axis0.npy"})
  void statedAxisIsScipys(int axis, String expected) throws Exception {
    String word = "butter:low:40";
    String err =
        ok("filter", "--axis", axis, "--rate", 250, golden("chfirst.npy"), out, word).err();
    assertEquals(1, err.lines().count(), err);
    ReadOptions options = ReadOptions.DEFAULT.withAxis(axis);
    double[][] right = TestSignal.read(golden(expected), options);
    double[][] got = TestSignal.read(out, options);
    assertEquals(right.length, got.length);
    for (int c = 0; c < right.length; c++) {
      assertArrayEquals(right[c], got[c], 1e-14);
    }
    boolean rows = axis == 1 || axis == -1;
    assertEquals(
        rows ? ArrayShape.CHANNELS_FRAMES : ArrayShape.FRAMES_CHANNELS, info(out, options).shape());
  }

  @Test
  void unstatedAxisIsRefusedOrSaid() throws Exception {
    Path in = golden("chfirst.npy");
    refused(
        1,
        "shape is (2, 60), and the axis of time is not stated: 0 for 60 channels of 2 frames, 1 for"
            + " 2 channels of 60 frames; say which with --axis",
        "filter",
        "--rate",
        250,
        in,
        out,
        "gain:1");
    refused(1, "--axis: is 2, expected 0, 1, -1 or -2", "filter", "--axis=2", in, out, "gain:1");
    Path wav = golden("f32nan.wav");
    refused(1, "--axis: is for .npy input", "filter", "--axis=0", wav, out, "gain:1");
    Path tall = TestSignal.write(folder.resolve("t.npy"), Encoding.F64, 0, new double[2][60]);
    String err = ok("filter", tall, out, "gain:1").err();
    String note = "shape (60, 2) is taken as (frames, channels), since no axis is stated";
    assertTrue(err.contains(tall + ": " + note), err);
    assertTrue(ok("explain", "--backend=java", "--in", tall, "gain:1").err().contains(note));
    assertTrue(ok("info", tall).err().contains(note));
  }

  /** One channel stays a row, a mixture of rows a row. */
  @Test
  void orientationOutlivesAMix() throws Exception {
    ok("filter", "-q", "--axis=1", golden("chfirst.npy"), out, "mix:mono");
    FileFormat info = info(out, ReadOptions.DEFAULT);
    assertEquals(ArrayShape.CHANNELS_FRAMES, info.shape());
    assertEquals(60, info.frames());
    assertEquals(1, info.channels());
  }

  @Test
  void countsAreKeptOrTheScaleIsSaid() throws Exception {
    Path in = golden("counts.npy");
    String err = ok("filter", "--encoding=f64", "--scale=counts", in, out, "gain:1").err();
    assertEquals(1, err.lines().count(), err);
    assertTrue(err.strip().endsWith("peak 32,768"), err);
    assertArrayEquals(new double[] {1000, -32_768, 32_767, 0, 1}, TestSignal.read(out)[0]);
    err = ok("filter", "-y", "--encoding=f64", in, out, "gain:1").err();
    assertTrue(
        err.contains("s16 is read as parts of full scale, 32768 steps make 1; --scale counts"),
        err);
    assertEquals(1000 / 32_768.0, TestSignal.read(out)[0][0]);
    err = ok("filter", "-y", in, out, "gain:1").err();
    assertEquals(1, err.lines().count(), err);
    assertArrayEquals(TestSignal.read(in)[0], TestSignal.read(out)[0]);
    err = ok("filter", "-y", "--scale=full", "--encoding=f64", in, out, "gain:1").err();
    assertEquals(1, err.lines().count(), err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"u8", "s16", "s24", "s32"})
  void countsOfWav(String encoding) throws Exception {
    double[][] steps = {{0, 0.5, -0.25}};
    Path in = TestSignal.write(folder.resolve("in.wav"), Encoding.parse(encoding), 48_000, steps);
    ok("filter", "-q", "--encoding=f64", "--scale=counts", in, out, "gain:1");
    double half = Scale.COUNTS.fullScale(Encoding.parse(encoding));
    double zero = encoding.equals("u8") ? half : 0;
    double[] expected = {zero, half / 2 + zero, -half / 4 + zero};
    assertArrayEquals(expected, TestSignal.read(out)[0]);
    Path back = folder.resolve("back.wav");
    ok("filter", "-q", "--scale=counts", "--rate=48k", "--encoding", encoding, out, back, "gain:1");
    assertArrayEquals(Files.readAllBytes(in), Files.readAllBytes(back));
  }

  @Test
  void integersThatAFormatLacksAreRefusedWithTheWayOut() throws Exception {
    Path in = TestSignal.write(folder.resolve("in.npy"), Encoding.S64, 0, new double[1][9]);
    Path wav = folder.resolve("out.wav");
    refused(
        1,
        "this format cannot hold s64, only u8, s16, s24, s32, f32 and f64; choose one with"
            + " --encoding",
        "filter",
        "--rate=48k",
        in,
        wav,
        "gain:1");
    assertFalse(Files.exists(wav));
    ok("filter", in, out, "gain:1");
    assertEquals(Encoding.S64, info(out, ReadOptions.DEFAULT).encoding());
  }

  @Test
  void infoSaysTheScale() throws Exception {
    assertTrue(ok("info", golden("counts.npy")).text().contains("scale     32768 steps make 1;"));
    String counts = ok("info", "--scale=counts", golden("counts.npy")).text();
    assertTrue(counts.contains("scale     counts, the numbers themselves"), counts);
    assertFalse(ok("info", golden("f32nan.wav")).text().contains("scale "));
  }

  @Test
  void whatCannotBeFollowedIsSaid() throws Exception {
    Path in = golden("f32nan.wav");
    refused(
        1,
        "--dither: is for integer output, --encoding asks for f32",
        "filter",
        "--dither",
        "--encoding=f32",
        in,
        out,
        "gain:1");
    refused(
        1,
        "--progress plain and -q contradict each other",
        "filter",
        "-q",
        "--progress=plain",
        in,
        out,
        "gain:1");
    String err = ok("filter", "--dither", in, out, "gain:1").err();
    assertTrue(err.contains("--dither: not done, the output is f32"), err);
  }

  @Test
  void dashesEndTheOptions() throws Exception {
    Path in = golden("counts.npy");
    ok("filter", "-q", "--", in, out, "gain:1");
    ok("filter", "-q", "-y", "--", in, out, "--", "gain:1");
    ok("filter", "-q", "-y", in, "--", out, "gain:1");
    ok("filter", "-q", "-y", in, "--", out, "--", "gain:1");
    Path results = folder.resolve("results");
    ok("filter", "-q", "--out-dir", results, "--", in, "--", "gain:1");
    assertTrue(Files.exists(results.resolve("counts.npy")));
    Path other = folder.resolve("other.npy");
    CommandResult none = CommandResult.of("filter", "--", "-no.wav", other, "gain:1");
    assertTrue(none.err().contains("-no.wav: no such file"), none.err());
    assertTrue(CommandResult.of("info", "--", "-no.wav").err().contains("-no.wav: no such file"));
    CommandResult three = CommandResult.of("filter", "a", "b", "c", "--", "gain:1");
    assertTrue(three.err().contains("expected IN and OUT before --, got 3"), three.err());
    CommandResult late = CommandResult.of("filter", "--", in, other, "gain:1", "-q");
    assertTrue(late.err().contains("stage 2 '-q': unknown stage '-q'"), late.err());
  }
}
