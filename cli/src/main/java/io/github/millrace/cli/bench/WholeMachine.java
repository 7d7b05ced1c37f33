package io.github.millrace.cli.bench;

import io.github.millrace.bench.Bench;
import io.github.millrace.bench.BenchCase;
import io.github.millrace.bench.BenchRow;
import io.github.millrace.bench.Rounds;
import io.github.millrace.bench.Workload;
import io.github.millrace.bench.WrongOutputException;
import io.github.millrace.choice.Backends;
import io.github.millrace.cli.options.UsageException;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.signal.SampleType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.ParseResult;

/** {@code millrace bench all}: every kind of stage on every device, in every arithmetic. */
public final class WholeMachine {

  /** The word that asks for it. */
  public static final String NAME = "all";

  private static final long FRAMES = 1 << 24;
  private static final long QUICK_FRAMES = 1 << 21;

  private static final Rounds QUICK = new Rounds(20_000_000, 5_000_000, 5, 1_000_000_000);

  private final boolean quick;
  private final long frames;
  private final int threads;
  private final List<BenchRow> rows = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  /** What the command line asks for. */
  public WholeMachine(ParseResult parsed) {
    for (String option :
        List.of(
            "--type",
            "--sections",
            "--narrow",
            "--taps",
            "--channels",
            "--precision",
            "--backend",
            "--threshold")) {
      if (parsed.hasMatchedOption(option)) {
        throw new UsageException(
            option + ": bench all has a fixed table, and takes --frames, --threads and --quick");
      }
    }
    quick = parsed.hasMatchedOption("--quick");
    frames = parsed.matchedOptionValue("--frames", quick ? QUICK_FRAMES : FRAMES);
    threads = parsed.matchedOptionValue("--threads", 0);
  }

  /** What is measured on each device, by name. */
  private List<Workload> workloads() {
    List<Workload> all = new ArrayList<>();
    for (int sections : quick ? new int[] {1, 4} : new int[] {1, 2, 4, 8}) {
      all.add(Workload.cascade(sections, false));
    }
    for (int taps : quick ? new int[] {63} : new int[] {63, 1_023, 4_097}) {
      all.add(Workload.fir(taps));
    }
    all.add(Workload.resample());
    return all;
  }

  /**
   * Measures everything that the devices here can do.
   *
   * @param next told what is next
   * @param measured takes every row as soon as it is there
   */
  public void run(Consumer<String> next, Consumer<BenchRow> measured) {
    List<BenchCase> cases = cases();
    for (int i = 0; i < cases.size(); i++) {
      BenchCase bench = cases.get(i);
      String name = bench.options().backend() + ": " + bench.describe();
      next.accept((i + 1) + " of " + cases.size() + ": " + name);
      try {
        for (BenchRow row : Bench.run(bench, quick ? QUICK : Rounds.THOROUGH)) {
          rows.add(row);
          measured.accept(row);
        }
      } catch (WrongOutputException | OutOfMemoryError e) {
        wrong.add(name + ": " + e.getMessage());
      } catch (BackendException e) {
        leftOut.add(name + ": " + e.getMessage());
      }
    }
  }

  private List<BenchCase> cases() {
    List<BenchCase> cases = new ArrayList<>();
    for (Workload workload : workloads()) {
      for (SampleType type : SampleType.values()) {
        for (Precision precision : Precision.values()) {
          if (type == SampleType.FLOAT32 || precision == Precision.PRECISE) {
            addCases(workload, type, precision, cases);
          }
        }
      }
    }
    return cases;
  }

  private void addCases(
      Workload workload, SampleType type, Precision precision, List<BenchCase> cases) {
    for (DeviceDescription device : devices()) {
      PlanOptions options =
          PlanOptions.DEFAULTS
              .withBackend(device.backend() + ":" + device.index())
              .withPrecision(precision)
              .withThreads(threads);
      cases.add(new BenchCase(workload, type, 1, frames, options));
    }
  }

  /** The devices that are there. */
  static List<DeviceDescription> devices() {
    return Backends.devices().stream().filter(DeviceDescription::available).toList();
  }

  /** What was measured. */
  public List<BenchRow> rows() {
    return List.copyOf(rows);
  }

  /** What a device cannot do, one line each. */
  public List<String> leftOut() {
    return List.copyOf(leftOut);
  }

  /** What was wrong, one line each. */
  public List<String> wrong() {
    return List.copyOf(wrong);
  }
}
