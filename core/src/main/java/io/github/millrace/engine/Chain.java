package io.github.millrace.engine;

import io.github.millrace.backend.Step;
import io.github.millrace.design.Sos;
import io.github.millrace.signal.StreamFormat;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The steps that a pipeline comes to for one stream: recipes lowered, neighbouring cascades merged,
 * static gains folded into a neighbour's loads or stores. Pure values, no device.
 *
 * @param steps what to run, at least one
 * @param places for each stage the user gave, where its state lives
 * @param in the stream read
 * @param out the stream written
 */
public record Chain(List<Step> steps, List<Place> places, StreamFormat in, StreamFormat out) {

  /**
   * Where a user's stage went.
   *
   * @param step index of the step; -1 for a gain that was folded
   * @param section its first section within a merged cascade
   * @param sections its number of sections; 0 for what is no cascade
   */
  record Place(int step, int section, int sections) {
    static final Place FOLDED = new Place(-1, 0, 0);
  }

  /** Copies the lists. */
  public Chain {
    steps = List.copyOf(steps);
    places = List.copyOf(places);
  }

  /**
   * The chain of these stages.
   *
   * @throws IllegalArgumentException if a stage cannot work on the stream it would read
   */
  public static Chain of(List<Stage> stages, StreamFormat in) {
    Builder builder = new Builder(in);
    stages.forEach(builder::add);
    return builder.build();
  }

  /** Adds stages in order, simplifying as it goes. */
  private static final class Builder {
    private final List<Step> steps = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private final StreamFormat first;
    private StreamFormat format;
    private double pendingGain = 1;

    Builder(StreamFormat in) {
      first = in;
      format = in;
    }

    void add(Stage recipe) {
      StreamFormat out = recipe.output(format);
      Stage stage = recipe.lower(format);
      switch (stage) {
        case Gain gain -> addGain(gain.factor());
        case SosCascade cascade -> addCascade(cascade);
        case Fir _, Delay _, Mix _, Resample _, Fft _, InverseFft _, CustomStage _ ->
            addStep(stage);
        case Iir _, FirDesign _ ->
            throw new IllegalArgumentException(stage.describe() + " was not lowered");
      }
      format = out;
    }

    Chain build() {
      if (pendingGain != 1 || steps.isEmpty()) {
        steps.add(new Step(new Gain(pendingGain), format, 1, 1));
      }
      return new Chain(steps, places, first, format);
    }

    private void addGain(double factor) {
      places.add(Place.FOLDED);
      if (!steps.isEmpty() && pendingGain == 1 && folds(steps.getLast().stage())) {
        steps.add(steps.removeLast().timesStore(factor));
      } else {
        pendingGain *= factor;
      }
    }

    private void addCascade(SosCascade cascade) {
      int sections = cascade.sos().sections();
      Step last = steps.isEmpty() ? null : steps.getLast();
      Optional<Sos> before = last == null ? Optional.empty() : SosCascade.sectionsOf(last.stage());
      if (before.isPresent() && last.storeGain() == 1 && pendingGain == 1) {
        Sos merged = before.get().then(cascade.sos());
        places.add(new Place(steps.size() - 1, before.get().sections(), sections));
        steps.removeLast();
        steps.add(new Step(new SosCascade(merged), last.in(), last.loadGain(), 1));
      } else {
        addStep(cascade);
        places.removeLast();
        places.add(new Place(steps.size() - 1, 0, sections));
      }
    }

    private void addStep(Stage stage) {
      if (pendingGain != 1 && !folds(stage)) {
        steps.add(new Step(new Gain(pendingGain), format, 1, 1));
        pendingGain = 1;
      }
      steps.add(new Step(stage, format, pendingGain, 1));
      pendingGain = 1;
      places.add(new Place(steps.size() - 1, 0, 0));
    }

    /** Whether kernels of this stage take a multiplier on their loads and stores. */
    private static boolean folds(Stage stage) {
      return switch (stage) {
        case SosCascade _, Fir _, Delay _, Mix _, Resample _ -> true;
        case Gain _, Fft _, InverseFft _, CustomStage _, Iir _, FirDesign _ -> false;
      };
    }
  }
}
