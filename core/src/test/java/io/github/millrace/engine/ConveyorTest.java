package io.github.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.millrace.backend.Backend;
import io.github.millrace.backend.Device;
import io.github.millrace.choice.Planner;
import io.github.millrace.cpu.CpuBlock;
import io.github.millrace.cpu.CpuDevice;
import io.github.millrace.cpu.JavaBackend;
import io.github.millrace.design.Band;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.Resample;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ConveyorTest {

  private static final StreamFormat FORMAT = new StreamFormat(48_000, 2, SampleType.FLOAT64);
  private static final int CHUNK = 1_000;
  private static final int BLOCKS = 7;
  private static final int FRAMES = CHUNK * BLOCKS - 13;

  private static final Pipeline CHAIN =
      Pipeline.of(Iir.butterworth(4, Band.low(2_000)), new Resample(32_000, Resample.Quality.FAST));

  /** Computes in Java, says that samples travel, and stops each station where a test wants. */
  private static class Traveller extends CpuDevice {
    final CyclicBarrier together = new CyclicBarrier(3);
    int uploads;
    int runs;
    int downloads;

    Traveller(DeviceDescription info) {
      super(info, PlanOptions.DEFAULTS.withThreads(1));
    }

    @Override
    public boolean transfers() {
      return true;
    }

    @Override
    public long chunkFrames(int kernels, long bytesPerFrame) {
      return CHUNK;
    }

    @Override
    public void upload(SignalBuffer host, long from, CpuBlock window, long frames) {
      super.upload(host, from, window, frames);
      uploads++;
      meet("upload", uploads, uploads > 2);
    }

    @Override
    public void finish() {
      runs++;
      meet("finish", runs, runs > 1 && runs < BLOCKS);
    }

    @Override
    public void download(CpuBlock window, long frames) {
      downloads++;
      meet("download", downloads, downloads < BLOCKS - 1);
    }

    /** Goes on when all three stations are here; one that comes alone ends the test. */
    void meet(String at, int block, boolean threeAtWork) {
      if (!threeAtWork) {
        return;
      }
      try {
        together.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
        throw new AssertionError("one station at work without the others", e);
      }
    }
  }

  @Test
  void threeBlocksAreUnderWayAtOnce() {
    double[][] x = noise();
    assertArrayEquals(filter(new JavaBackend(), x), filter(backend(Traveller::new), x));
  }

  /** Whichever station fails: the error arrives, the input is whole, the plan is closed. */
  @ParameterizedTest
  @ValueSource(strings = {"upload", "finish", "download"})
  void aFailureReachesTheCaller(String station) {
    Backend failing = backend(info -> new Failing(info, station));
    double[][] x = noise();
    try (Plan plan = prepare(failing);
        SignalBuffer in = SignalBuffer.ofPlanar(x);
        SignalBuffer out = room(plan)) {
      var e = assertThrows(BackendException.class, () -> plan.forward(in, out));
      assertEquals(station + " is lost", e.getMessage());
      assertArrayEquals(x[1], in.toDoubles(1));
      assertThrows(IllegalStateException.class, () -> plan.forward(in, out));
    }
  }

  /** Fails at one station's third block. */
  private static final class Failing extends Traveller {
    private final String station;

    Failing(DeviceDescription info, String station) {
      super(info);
      this.station = station;
    }

    @Override
    void meet(String at, int block, boolean threeAtWork) {
      if (at.equals(station) && block == 3) {
        throw new BackendException(station + " is lost");
      }
    }
  }

  private interface Opening {
    Device<CpuBlock> open(DeviceDescription info);
  }

  private static Backend backend(Opening opening) {
    return new Backend() {
      @Override
      public String name() {
        return "traveller";
      }

      @Override
      public int rank() {
        return 0;
      }

      @Override
      public List<DeviceDescription> devices() {
        return List.of(new DeviceDescription(name(), 0, "traveller", true, "", 0, true, "none"));
      }

      @Override
      public Optional<String> refusal(
          io.github.millrace.stage.Stage stage, DeviceDescription device, Precision precision) {
        return Optional.empty();
      }

      @Override
      public Device<?> open(DeviceDescription device, PlanOptions options) {
        return opening.open(device);
      }
    };
  }

  private static Plan prepare(Backend backend) {
    PlanOptions options = PlanOptions.DEFAULTS.withBackend(backend.name()).withThreads(1);
    return new Planner(List.of(backend)).prepare(CHAIN, FORMAT, options);
  }

  private static SignalBuffer room(Plan plan) {
    return SignalBuffer.allocate(plan.outputFormat(), plan.maxOutputFrames(FRAMES));
  }

  private static double[][] noise() {
    Random random = new Random(5);
    double[][] x = new double[2][FRAMES];
    for (double[] channel : x) {
      Arrays.setAll(channel, i -> random.nextGaussian());
    }
    return x;
  }

  private static double[][] filter(Backend backend, double[][] x) {
    try (Plan plan = prepare(backend);
        SignalBuffer in = SignalBuffer.ofPlanar(x);
        SignalBuffer out = room(plan)) {
      SignalBuffer written = out.slice(0, plan.forward(in, out));
      return new double[][] {written.toDoubles(0), written.toDoubles(1)};
    }
  }
}
