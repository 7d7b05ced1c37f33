package io.github.millrace.choice;

import io.github.millrace.backend.Backend;
import io.github.millrace.backend.Device;
import io.github.millrace.engine.Chain;
import io.github.millrace.engine.ChainPlan;
import io.github.millrace.engine.FixedChunk;
import io.github.millrace.engine.SteadyState;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.Decision;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanMaker;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Prediction;
import io.github.millrace.plan.Start;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Stage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Chooses the device for a pipeline and prepares a plan on it. Any thread. */
public final class Planner implements PlanMaker {

  /** The name that leaves the choice to the planner. */
  public static final String AUTO = "auto";

  /**
   * One device that was considered.
   *
   * @param device the device
   * @param refusal why it cannot run the pipeline; empty if it can
   * @param prediction the time to expect; empty where it was not measured
   * @param note what else speaks for or against it; empty where nothing does
   */
  public record Candidate(
      DeviceDescription device,
      Optional<String> refusal,
      Optional<Prediction> prediction,
      String note) {}

  private final List<Backend> backends;
  private final Environment environment;

  /** A planner over all backends present, in this process's environment. */
  public Planner() {
    this(Backends.all());
  }

  /** A planner over the given backends, in their shipped order, in this process's environment. */
  public Planner(List<Backend> backends) {
    this(backends, Environment.system());
  }

  /** A planner over the given backends, in their shipped order. */
  public Planner(List<Backend> backends, Environment environment) {
    this.backends = List.copyOf(backends);
    this.environment = environment;
  }

  /**
   * Every device that the options allow, in the order in which they would be tried.
   *
   * @throws BackendException if the options name a backend or device that does not exist
   */
  public List<Candidate> candidates(Pipeline pipeline, StreamFormat in, PlanOptions given) {
    Settings settings = Settings.of(given, environment);
    Ranking ranking = ranking(Chain.of(pipeline.stages(), in), settings);
    List<Wish> wishes = wishes(settings);
    List<Candidate> all =
        wishes.stream()
            .flatMap(wish -> inTurn(ranking, wish))
            .distinct()
            .map(
                entry ->
                    new Candidate(
                        entry.device(),
                        refusal(entry, pipeline, settings.options()),
                        entry.prediction(),
                        note(entry, ranking)))
            .toList();
    if (all.isEmpty()) {
      throw new BackendException(noSuchDevice(wishes.getFirst()));
    }
    return all;
  }

  private static String note(Ranking.Entry entry, Ranking ranking) {
    Backend backend = entry.backend();
    if (!entry.device().available() || entry.prediction().isPresent() || backend.onProcessor()) {
      return "";
    }
    if (backend.isProcessor(entry.device())) {
      return "not measured, and the CPU itself: tried last";
    }
    if (!ranking.profile().isEmpty()) {
      return "not measured: tried last; run millrace tune";
    }
    String order = ranking.isLong() ? "first from " : "last below ";
    return "not measured: tried " + order + Ranking.SHIPPED_SAMPLES + " samples; run millrace tune";
  }

  private Ranking ranking(Chain chain, Settings settings) {
    return new Ranking(backends, chain, settings.options(), environment);
  }

  /** What was asked for, all of it there. */
  private List<Wish> wishes(Settings settings) {
    List<Wish> wishes = Wish.of(settings.options());
    wishes.stream().filter(wish -> !wish.isAuto()).forEach(this::backend);
    return wishes;
  }

  /** The devices to try, each backend asked for its devices only when its turn comes. */
  private Stream<Ranking.Entry> inTurn(Ranking ranking, Wish wish) {
    return wish.isAuto()
        ? ranking.inTurn()
        : ranking.of(List.of(backend(wish))).filter(entry -> wish.matches(entry.device()));
  }

  @Override
  public Plan prepare(Pipeline pipeline, StreamFormat in, PlanOptions given) {
    Chain chain = Chain.of(pipeline.stages(), in);
    FixedChunk.requireWhole(chain, given);
    if (given.start() == Start.STEADY) {
      SteadyState.require(chain);
    }
    Settings settings = Settings.of(given, environment);
    Ranking ranking = ranking(chain, settings);
    Decider decider = new Decider(chain, settings, ranking);
    List<String> reasons = new ArrayList<>();
    List<Ranking.Entry> tried = new ArrayList<>();
    for (Wish wish : wishes(settings)) {
      Iterator<Ranking.Entry> entries = inTurn(ranking, wish).iterator();
      if (!entries.hasNext()) {
        reasons.add(noSuchDevice(wish));
      }
      while (entries.hasNext()) {
        Ranking.Entry entry = entries.next();
        if (tried.contains(entry)) {
          continue;
        }
        tried.add(entry);
        Optional<String> refusal = refusal(entry, pipeline, settings.options());
        if (refusal.isEmpty()) {
          try {
            return plan(chain, entry, decider.decide(wish, entry, reasons));
          } catch (BackendException e) {
            refusal = Optional.of(e.getMessage());
          }
        }
        reasons.add(entry.device().backend() + ": " + refusal.get());
      }
    }
    throw new BackendException("no device can run this: " + String.join("; ", reasons));
  }

  private static Plan plan(Chain chain, Ranking.Entry entry, Decision decision) {
    return plan(chain, entry.backend().open(entry.device(), decision.options()), decision);
  }

  private static <B> Plan plan(Chain chain, Device<B> device, Decision decision) {
    return new ChainPlan<>(chain, device, decision);
  }

  private Backend backend(Wish wish) {
    return backends.stream()
        .filter(backend -> backend.name().equals(wish.backend()))
        .findFirst()
        .orElseThrow(
            () ->
                new BackendException(
                    "no backend '"
                        + wish.backend()
                        + "' here, expected auto or one of "
                        + backends.stream().map(Backend::name).collect(Collectors.joining(", "))));
  }

  private String noSuchDevice(Wish wish) {
    return "backend "
        + wish.text()
        + " has no such device, expected "
        + backend(wish).devices().stream()
            .map(device -> device.backend() + ":" + device.index() + " (" + device.name() + ")")
            .collect(Collectors.joining(" or "));
  }

  /** Why a device cannot run a stage as the options say. */
  static Stream<String> refusals(
      Backend backend, Stage stage, DeviceDescription device, PlanOptions options) {
    return Stream.concat(
        backend.refusal(stage, device, options.precision()).stream(),
        backend.refusal(stage, options.bits()).stream());
  }

  private static Optional<String> refusal(
      Ranking.Entry entry, Pipeline pipeline, PlanOptions options) {
    DeviceDescription device = entry.device();
    if (!device.available()) {
      return Optional.of(device.reason());
    }
    return pipeline.stages().stream()
        .flatMap(stage -> refusals(entry.backend(), stage, device, options))
        .findFirst();
  }
}
