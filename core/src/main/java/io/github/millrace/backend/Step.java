package io.github.millrace.backend;

import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Stage;

/**
 * One kernel's worth of work, after recipes are lowered, cascades merged and gains folded.
 *
 * @param stage what to compute, no recipe
 * @param in the stream it reads
 * @param loadGain multiplier on every sample as it is read
 * @param storeGain multiplier on every sample before it is rounded and written
 */
public record Step(Stage stage, StreamFormat in, double loadGain, double storeGain) {

  /** The stream it writes. */
  public StreamFormat out() {
    return stage.output(in);
  }

  /** This step with another multiplier folded into its stores. */
  public Step timesStore(double factor) {
    return new Step(stage, in, loadGain, storeGain * factor);
  }

  /** This step with another multiplier folded into its loads. */
  Step timesLoad(double factor) {
    return new Step(stage, in, loadGain * factor, storeGain);
  }

  /** One line for people. */
  public String describe() {
    StringBuilder text = new StringBuilder(stage.describe());
    if (loadGain != 1) {
      text.append(", gain ").append(loadGain).append(" on load");
    }
    if (storeGain != 1) {
      text.append(", gain ").append(storeGain).append(" on store");
    }
    return text.toString();
  }
}
