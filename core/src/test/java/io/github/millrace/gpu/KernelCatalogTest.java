package io.github.millrace.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.millrace.backend.Step;
import io.github.millrace.design.Sos;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Delay;
import io.github.millrace.stage.Fft;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.InverseFft;
import io.github.millrace.stage.Mix;
import io.github.millrace.stage.Resample;
import io.github.millrace.stage.SosCascade;
import io.github.millrace.stage.Stage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The catalog is what stages of every size ask for on a GPU, and nothing else. */
class KernelCatalogTest {

  private static final Limits LIMITS = Limits.ofCuda(4, Long.MAX_VALUE);

  private final Set<KernelSource> asked = new HashSet<>();

  /** A driver that keeps the sources and does nothing. */
  private final class Listener implements Accelerator {

    private final Arena arena = Arena.ofShared();

    /** Memory with a host side, for tables, or without. */
    private record Memory(long bytes, MemorySegment host) implements DeviceMemory {
      @Override
      public void close() {}
    }

    /** Launches nothing. */
    private record Function() implements DeviceFunction {
      @Override
      public DeviceFunction memory(DeviceMemory memory) {
        return this;
      }

      @Override
      public DeviceFunction number(long value) {
        return this;
      }

      @Override
      public void launch(long groups) {}
    }

    @Override
    public DeviceDescription info() {
      return new DeviceDescription("gpu", 0, "gpu", true, "", 0, true, "none");
    }

    @Override
    public Limits limits() {
      return LIMITS;
    }

    @Override
    public DeviceMemory allocate(long bytes) {
      return new Memory(bytes, MemorySegment.NULL);
    }

    @Override
    public DeviceMemory staging(long bytes) {
      return new Memory(bytes, arena.allocate(bytes, 8));
    }

    @Override
    public Optional<DeviceMemory> wrap(MemorySegment host, long bytes) {
      return Optional.empty();
    }

    @Override
    public boolean sharesMemory() {
      return false;
    }

    @Override
    public void toDevice(DeviceMemory memory, long bytes) {}

    @Override
    public void toHost(DeviceMemory memory, long bytes) {}

    @Override
    public void write(DeviceMemory to, long at, MemorySegment from) {}

    @Override
    public void read(DeviceMemory from, long at, MemorySegment to) {}

    @Override
    public DeviceMemory adopt(long handle, long bytes) {
      return new Memory(bytes, MemorySegment.NULL);
    }

    @Override
    public long context() {
      return 0;
    }

    @Override
    public boolean reaches(DeviceMemory memory) {
      return true;
    }

    @Override
    public void copy(DeviceMemory from, DeviceMemory to, long bytes) {}

    @Override
    public DeviceFunction function(KernelSource source, String name) {
      asked.add(source);
      return new Function();
    }

    @Override
    public void finish() {}

    @Override
    public void close() {
      arena.close();
    }
  }

  @Test
  void holdsWhatStagesAskFor() {
    for (SampleType type : SampleType.values()) {
      for (Precision precision : Precision.values()) {
        ask(type, precision);
      }
    }
    assertEquals(asked, new HashSet<>(KernelCatalog.of(LIMITS)));
  }

  private void ask(SampleType type, Precision precision) {
    StreamFormat mono = new StreamFormat(48_000, 1, type);
    for (int sections = 1; sections <= 64; sections++) {
      double[][] rows = new double[sections][];
      Arrays.fill(rows, new double[] {1, 0, 0, 1, -0.5, 0});
      ask(new SosCascade(Sos.of(rows)), mono, precision);
    }
    boolean fast = precision == Precision.FAST && type == SampleType.FLOAT32;
    for (int length = 1; length <= (fast ? 4096 : 2048); length += length < 70 ? 1 : 61) {
      askFft(length, mono, precision);
    }
    for (int length = 1; length <= (fast ? 4096 : 2048); length *= 2) {
      askFft(length, mono, precision);
    }
    for (int taps = 1; taps < 50_000; taps *= 2) {
      ask(Fir.of(new double[taps]), mono, precision);
      ask(Fir.of(new double[taps]).with(Fir.Method.OVERLAP_SAVE), mono, precision);
    }
    for (int inputs = 1; inputs <= (fast ? 8192 : 4096); inputs += inputs < 40 ? 1 : 37) {
      ask(Mix.matrix(new double[2][inputs]), mono.withChannels(inputs), precision);
    }
    for (int inputs = 64; inputs <= (fast ? 8192 : 4096); inputs *= 2) {
      ask(Mix.matrix(new double[2][inputs]), mono.withChannels(inputs), precision);
    }
    ask(new Gain(2), mono, precision);
    ask(Delay.ofFrames(3), mono, precision);
    ask(new Resample(44_100), mono, precision);
  }

  private void askFft(int length, StreamFormat in, Precision precision) {
    Fft fft = new Fft(length);
    ask(fft, in, precision);
    ask(new InverseFft(), fft.output(in), precision);
  }

  private void ask(Stage stage, StreamFormat in, Precision precision) {
    PlanOptions options = PlanOptions.DEFAULTS.withPrecision(precision).withThreshold(0);
    try (GpuDevice device = new GpuDevice(new Listener(), options)) {
      device.kernel(new Step(stage, in, 1, 1)).close();
    }
  }
}
