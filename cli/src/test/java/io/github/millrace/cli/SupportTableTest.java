package io.github.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.millrace.backend.Backend;
import io.github.millrace.choice.Backends;
import io.github.millrace.design.Band;
import io.github.millrace.design.Sos;
import io.github.millrace.design.fir.Window;
import io.github.millrace.design.fir.WindowedFir;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.Precision;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.CustomKernel;
import io.github.millrace.stage.CustomStage;
import io.github.millrace.stage.Delay;
import io.github.millrace.stage.Fft;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.FirDesign;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.InverseFft;
import io.github.millrace.stage.Mix;
import io.github.millrace.stage.Resample;
import io.github.millrace.stage.SosCascade;
import io.github.millrace.stage.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README's table of stages and backends says what the backends say. */
class SupportTableTest {

  private static final String BEGIN = "<!-- status -->\n";
  private static final String END = "<!-- /status -->";

  private record Row(String name, Stage stage) {}

  private static final List<Row> ROWS =
      List.of(
          new Row("IIR filter in Hz", Iir.butterworth(4, Band.low(100))),
          new Row(
              "cascade of sections", new SosCascade(Sos.of(new double[][] {{1, 0, 0, 1, 0, 0}}))),
          new Row(
              "windowed FIR in Hz", new FirDesign(new WindowedFir(Band.low(9), 9, Window.HAMMING))),
          new Row("FIR taps", Fir.of(1, 2)),
          new Row("gain", new Gain(2)),
          new Row("delay", Delay.ofFrames(1)),
          new Row("channel mix", Mix.mono()),
          new Row("resample", new Resample(8000)),
          new Row("FFT", new Fft(8)),
          new Row("inverse FFT", new InverseFft()),
          new Row("your own (`CustomStage`)", new Own()));

  private record Own() implements CustomStage {
    @Override
    public StreamFormat output(StreamFormat in) {
      return in;
    }

    @Override
    public String describe() {
      return "own";
    }

    @Override
    public CustomKernel kernel(StreamFormat in) {
      throw new AssertionError("only asked whether it is supported");
    }
  }

  @Test
  void everyKindOfStageHasARow() {
    Set<Class<?>> kinds =
        Set.of(Stage.class.getPermittedSubclasses()).stream()
            .map(kind -> kind == CustomStage.class ? Own.class : kind)
            .collect(Collectors.toSet());
    assertEquals(
        kinds, ROWS.stream().map(row -> row.stage().getClass()).collect(Collectors.toSet()));
  }

  @Test
  void readmeShowsTheTable() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    int begin = readme.indexOf(BEGIN) + BEGIN.length();
    assertEquals(table(), readme.substring(begin, readme.indexOf(END, begin)).strip());
  }

  private static String table() {
    List<String> lines = new ArrayList<>();
    List<Backend> backends = Backends.all();
    lines.add(line("stage", backends.stream().map(Backend::name).toList()));
    lines.add("|---".repeat(1 + backends.size()) + "|");
    for (Row row : ROWS) {
      lines.add(line(row.name(), backends.stream().map(b -> cell(b, row.stage())).toList()));
    }
    return String.join("\n", lines);
  }

  private static String line(String first, List<String> rest) {
    return "| " + first + " | " + String.join(" | ", rest) + " |";
  }

  /** What a backend runs on the best device of its kind. */
  private static String cell(Backend backend, Stage stage) {
    DeviceDescription best =
        new DeviceDescription(backend.name(), 0, "best", true, "", 1L << 40, true, "");
    boolean precise = backend.refusal(stage, best, Precision.PRECISE).isEmpty();
    boolean fast =
        backend.refusal(stage, best, Precision.FAST).isEmpty() && backend.computesFast(stage);
    return precise ? (fast ? "precise, fast" : "precise") : (fast ? "fast" : "no");
  }
}
