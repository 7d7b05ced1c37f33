package io.github.millrace.plan;

import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Stage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Chooses the device for a pipeline and prepares a plan on it. Any thread. */
public final class Planner {

  /** The name that leaves the choice to the planner. */
  public static final String AUTO = "auto";

  /**
   * One device that was considered.
   *
   * @param device the device
   * @param refusal why it cannot run the pipeline; empty if it can
   */
  public record Candidate(DeviceInfo device, Optional<String> refusal) {}

  private final List<Backend> backends;

  /** A planner over the given backends, in the order in which {@code auto} asks them. */
  public Planner(List<Backend> backends) {
    this.backends = List.copyOf(backends);
  }

  /**
   * Every device that the options allow, in the order in which they would be tried.
   *
   * @throws BackendException if the options name a backend or device that does not exist
   */
  public List<Candidate> candidates(Pipeline pipeline, PlanOptions options) {
    List<Candidate> all = inTurn(pipeline, options).toList();
    if (all.isEmpty()) {
      throw new BackendException("backend " + options.backend() + " has no such device");
    }
    return all;
  }

  /** The candidates, each backend asked for its devices only when its turn comes. */
  private Stream<Candidate> inTurn(Pipeline pipeline, PlanOptions options) {
    return named(options).stream()
        .flatMap(
            backend ->
                backend.devices().stream()
                    .filter(device -> matches(device, options.backend()))
                    .map(
                        device ->
                            new Candidate(device, refusal(backend, device, pipeline, options))));
  }

  /**
   * A plan in its reset state, on the first device that can run the pipeline.
   *
   * @throws IllegalArgumentException if the pipeline does not fit the stream
   * @throws BackendException if no allowed device can run it; the message lists the reasons
   */
  public Plan prepare(Pipeline pipeline, StreamFormat in, PlanOptions options) {
    Chain chain = Chain.of(pipeline.stages(), in);
    List<String> reasons = new ArrayList<>();
    Iterator<Candidate> candidates = inTurn(pipeline, options).iterator();
    while (candidates.hasNext()) {
      Candidate candidate = candidates.next();
      String name = candidate.device().backend();
      Optional<String> refusal = candidate.refusal();
      if (refusal.isEmpty()) {
        try {
          String why = choice(options, reasons) + notFast(chain, name, options);
          return plan(chain, open(candidate.device(), options), why);
        } catch (BackendException e) {
          refusal = Optional.of(e.getMessage());
        }
      }
      reasons.add(name + ": " + refusal.get());
    }
    if (reasons.isEmpty()) {
      throw new BackendException("backend " + options.backend() + " has no such device");
    }
    throw new BackendException("no device can run this: " + String.join("; ", reasons));
  }

  private Device<?> open(DeviceInfo device, PlanOptions options) {
    return backend(device.backend()).open(device, options);
  }

  private static <B> Plan plan(Chain chain, Device<B> device, String choice) {
    return new ChainPlan<>(chain, device, choice);
  }

  private static String choice(PlanOptions options, List<String> passedBy) {
    if (!isAuto(options)) {
      return "as asked";
    }
    return passedBy.isEmpty() ? "first choice" : "passed by " + String.join("; ", passedBy);
  }

  /** The stages that run in float64 although fast arithmetic would do. */
  private String notFast(Chain chain, String backend, PlanOptions options) {
    if (options.precision() == Precision.PRECISE || chain.in().type() == SampleType.FLOAT64) {
      return "";
    }
    String stages =
        chain.steps().stream()
            .map(Step::stage)
            .filter(stage -> !backend(backend).computesFast(stage))
            .map(Stage::describe)
            .collect(Collectors.joining(", "));
    return stages.isEmpty() ? "" : "; in float64 for want of fast arithmetic: " + stages;
  }

  private static boolean isAuto(PlanOptions options) {
    return options.backend().equals(AUTO);
  }

  private List<Backend> named(PlanOptions options) {
    return isAuto(options) ? backends : List.of(backend(backendName(options.backend())));
  }

  private Backend backend(String name) {
    return backends.stream()
        .filter(backend -> backend.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BackendException(
                    "no backend '"
                        + name
                        + "' here, expected auto or one of "
                        + backends.stream().map(Backend::name).collect(Collectors.joining(", "))));
  }

  private static String backendName(String option) {
    int colon = option.indexOf(':');
    return colon < 0 ? option : option.substring(0, colon);
  }

  /** Whether a device is the one that {@code name[:index|part of its name]} asks for. */
  private static boolean matches(DeviceInfo device, String option) {
    int colon = option.indexOf(':');
    if (colon < 0) {
      return true;
    }
    String which = option.substring(colon + 1);
    return which.chars().allMatch(Character::isDigit)
        ? String.valueOf(device.index()).equals(which)
        : device.name().toLowerCase(java.util.Locale.ROOT).contains(which);
  }

  private static Optional<String> refusal(
      Backend backend, DeviceInfo device, Pipeline pipeline, PlanOptions options) {
    if (!device.available()) {
      return Optional.of(device.reason());
    }
    return pipeline.stages().stream()
        .flatMap(stage -> backend.refusal(stage, device, options.precision()).stream())
        .findFirst();
  }
}
