package io.github.millrace.engine;

import io.github.millrace.plan.StageState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Carries state between the steps of a chain and the stages that the user gave. */
final class ChainState {

  private ChainState() {}

  /** One entry per stage of the user: slices of merged cascades, nothing for folded gains. */
  static List<StageState> split(Chain chain, List<StageState> steps) {
    return chain.places().stream().map(place -> part(chain, steps, place)).toList();
  }

  private static StageState part(Chain chain, List<StageState> steps, Chain.Place place) {
    if (place.step() < 0) {
      return StageState.none();
    }
    StageState state = steps.get(place.step());
    if (place.sections() == 0) {
      return state;
    }
    int channels = channels(chain, place.step());
    int from = place.section() * channels * 2;
    int to = from + place.sections() * channels * 2;
    double[] values = Arrays.copyOfRange(state.values(), from, to);
    return StageState.of(new int[] {place.sections(), channels, 2}, values, state.position());
  }

  /** The state of one step, put together from the stages that were merged into it. */
  static StageState join(Chain chain, int step, List<StageState> stages) {
    List<double[]> parts = new ArrayList<>();
    int sections = 0;
    long position = 0;
    for (int i = 0; i < stages.size(); i++) {
      Chain.Place place = chain.places().get(i);
      if (place.step() == step && place.sections() == 0) {
        return stages.get(i);
      }
      if (place.step() == step) {
        parts.add(stages.get(i).values());
        sections += place.sections();
        position = stages.get(i).position();
      }
    }
    if (parts.isEmpty()) {
      return StageState.none();
    }
    double[] values = parts.stream().flatMapToDouble(Arrays::stream).toArray();
    return StageState.of(new int[] {sections, channels(chain, step), 2}, values, position);
  }

  private static int channels(Chain chain, int step) {
    return chain.steps().get(step).in().channels();
  }
}
