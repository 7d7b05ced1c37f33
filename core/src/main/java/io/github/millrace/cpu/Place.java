package io.github.millrace.cpu;

import io.github.millrace.plan.StageState;

/** Where in its stream a state was taken. */
public final class Place {

  private Place() {}

  /**
   * The frames read by then.
   *
   * @param what the stage, for the message
   * @throws IllegalArgumentException if that is less than 0
   */
  public static long of(StageState state, String what) {
    if (state.position() < 0) {
      throw new IllegalArgumentException(
          "state of " + what + " is at frame " + state.position() + ", expected at least 0");
    }
    return state.position();
  }
}
