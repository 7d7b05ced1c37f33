package io.github.millrace.choice;

import io.github.millrace.backend.Backend;
import io.github.millrace.backend.Step;
import io.github.millrace.choice.cost.CostModel;
import io.github.millrace.choice.cost.DeviceKey;
import io.github.millrace.engine.Chain;
import io.github.millrace.plan.Bits;
import io.github.millrace.plan.Decision;
import io.github.millrace.plan.Decision.Source;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.signal.SampleType;
import io.github.millrace.stage.SosCascade;
import io.github.millrace.stage.Stage;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Settles what is still open once a device is found, and says why.
 *
 * @param chain what will run
 * @param settings what was asked for
 * @param ranking how the device was found
 */
record Decider(Chain chain, Settings settings, Ranking ranking) {

  /**
   * The decision for a device.
   *
   * @param wish that it fulfils
   * @param passedBy why others could not run the chain
   */
  Decision decide(Wish wish, Ranking.Entry entry, List<String> passedBy) {
    ranking.warnIfChanged(entry.device());
    Followed done = followed(entry);
    PlanOptions options = done.options();
    Source thresholdFrom = done.thresholdFrom();
    if (options.threshold().isEmpty()) {
      OptionalLong measured = measured(entry);
      thresholdFrom = measured.isPresent() ? Source.PROFILE : Source.SHIPPED;
      OptionalLong threshold = measured.isPresent() ? measured : shipped(entry);
      if (threshold.isPresent()) {
        options = options.withThreshold(threshold.getAsLong());
      }
    }
    if (options.threshold().isPresent() && options.bits() != Bits.REPEAT) {
      options = options.withThreshold(options.bits() == Bits.FRAME ? Long.MAX_VALUE : 0);
      thresholdFrom = Source.BITS;
    }
    return new Decision(
        why(wish, entry, passedBy) + done.notes() + notFast(entry),
        options,
        backendFrom(wish, entry),
        done.threadsFrom(),
        thresholdFrom,
        entry.prediction());
  }

  /**
   * What was asked for, as far as a device can do it.
   *
   * @param options those without what it cannot
   * @param notes what it cannot and why, each after a semicolon
   */
  private record Followed(
      PlanOptions options, Source threadsFrom, Source thresholdFrom, String notes) {}

  private Followed followed(Ranking.Entry entry) {
    PlanOptions options = settings.options();
    Source threadsFrom = settings.threadsFrom();
    StringBuilder notes = new StringBuilder();
    Backend backend = entry.backend();
    String name = backend.name();
    if (options.threads() != 0 && !backend.onProcessor() && backend.isProcessor(entry.device())) {
      notes.append("; threads ").append(options.threads());
      notes.append(" not followed: ").append(name).append(" takes all cores");
      options = options.withThreads(0);
      threadsFrom = Source.SHIPPED;
    }
    if (options.threshold().isPresent() && shipped(entry).isEmpty()) {
      notes.append("; threshold ").append(options.threshold().getAsLong());
      notes.append(" not followed: ");
      notes.append(
          hasCascades() ? name + " computes frame after frame" : "there is no cascade to run");
      options = options.withoutThreshold();
    } else if (options.threshold().isPresent() && options.bits() != Bits.REPEAT) {
      notes.append("; threshold ").append(options.threshold().getAsLong());
      notes
          .append(" not followed: bits ")
          .append(options.bits().word())
          .append(" leaves no choice");
    }
    return new Followed(options, threadsFrom, settings.thresholdFrom(), notes.toString());
  }

  private boolean hasCascades() {
    for (Step step : chain.steps()) {
      if (SosCascade.sectionsOf(step.stage()).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private OptionalLong measured(Ranking.Entry entry) {
    return new CostModel(ranking.profile())
        .threshold(DeviceKey.of(entry.device()), chain.steps(), settings.options());
  }

  private OptionalLong shipped(Ranking.Entry entry) {
    SampleType arithmetic = settings.options().precision().arithmetic(chain.in().type());
    return hasCascades() ? entry.backend().shippedThreshold(arithmetic) : OptionalLong.empty();
  }

  private Source backendFrom(Wish wish, Ranking.Entry entry) {
    if (!wish.isAuto()) {
      return settings.backendFrom();
    }
    return entry.prediction().isPresent() ? Source.PROFILE : Source.SHIPPED;
  }

  private String why(Wish wish, Ranking.Entry entry, List<String> passedBy) {
    String passed = passedBy.isEmpty() ? "" : "passed by " + String.join("; ", passedBy);
    if (!wish.isAuto()) {
      String who =
          switch (settings.backendFrom()) {
            case PROPERTY -> "by system property millrace.backend";
            case VARIABLE -> "by environment variable MILLRACE_BACKEND";
            case CALL, PROFILE, SHIPPED, BITS -> "as asked";
          };
      return passed.isEmpty() ? who : who + ", " + passed;
    }
    if (!passed.isEmpty()) {
      return passed;
    }
    if (entry.prediction().isPresent()) {
      return "fastest by the measured profile";
    }
    return entry.backend().onProcessor() ? "first choice" : "not measured, but the signal is long";
  }

  /** The stages that run in float64 although fast arithmetic would do. */
  private String notFast(Ranking.Entry entry) {
    Precision precision = settings.options().precision();
    if (precision.arithmetic(chain.in().type()) == SampleType.FLOAT64) {
      return "";
    }
    String stages =
        chain.steps().stream()
            .map(Step::stage)
            .filter(stage -> !entry.backend().computesFast(stage))
            .map(Stage::describe)
            .collect(Collectors.joining(", "));
    return stages.isEmpty() ? "" : "; in float64 for want of fast arithmetic: " + stages;
  }
}
