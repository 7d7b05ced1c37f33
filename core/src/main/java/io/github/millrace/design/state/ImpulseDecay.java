package io.github.millrace.design.state;

import io.github.millrace.design.Sos;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The search for a decay length: runs the impulse response block by block until it is silent, then
 * sums energy from the end backwards, where small numbers are added before large ones.
 *
 * <p>The run is in plain double: rounding errors are relative to the state and decay with it.
 */
final class ImpulseDecay {
  private static final int BLOCK = 1024;

  /** Energy that is nothing, relative to what is sought. */
  private static final double NOTHING = 1e-14;

  /** Silence is believed when it lasts this many time constants of the slowest pole. */
  private static final double TIME_CONSTANTS = 4;

  private static final double TINY = 1e-290;

  private final double[][] rows;
  private final double threshold;
  private final long limit;
  private final double silence;
  private final double[] state;
  private final List<double[]> startStates = new ArrayList<>();

  /** Of each block the energy of what is observed: the output, and perhaps each state entry. */
  private final List<double[]> energies = new ArrayList<>();

  private final double[] totals;

  /**
   * A search.
   *
   * @param states whether the state counts as well as the output
   */
  ImpulseDecay(Sos sos, double eps, long limit, boolean states) {
    rows = sos.toArray();
    totals = new double[states ? 1 + 2 * rows.length : 1];
    threshold = eps * eps;
    this.limit = limit;
    state = new double[2 * rows.length];
    double margin = sos.isStable() ? 1 - sos.maxPoleRadius() : 0;
    silence = margin > 0 ? TIME_CONSTANTS / margin : Double.POSITIVE_INFINITY;
  }

  OptionalLong length() {
    if (silence == Double.POSITIVE_INFINITY || !settles()) {
      return OptionalLong.empty();
    }
    long length = 0;
    for (int observed = 0; observed < totals.length; observed++) {
      length = Math.max(length, length(observed));
    }
    return length <= limit ? OptionalLong.of(length) : OptionalLong.empty();
  }

  private long length(int observed) {
    double tail = 0;
    int block = energies.size() - 1;
    while (block >= 0 && !audible(observed, tail + energies.get(block)[observed])) {
      tail += energies.get(block)[observed];
      block--;
    }
    return block < 0 ? 0 : (long) block * BLOCK + lengthInBlock(observed, block, tail);
  }

  private boolean audible(int observed, double energy) {
    return energy > 0 && energy >= threshold * totals[observed];
  }

  private boolean settles() {
    double[][] response = new double[BLOCK][totals.length];
    long quiet = 0;
    for (long frame = 0; frame <= 2 * Math.min(limit, Long.MAX_VALUE / 4); frame += BLOCK) {
      startStates.add(state.clone());
      run(response, frame == 0);
      flushTinyState();
      double[] energy = energy(response);
      energies.add(energy);
      quiet = isQuiet(energy) ? quiet + BLOCK : 0;
      if (quiet >= silence) {
        return true;
      }
    }
    return false;
  }

  /** The energy of a block, added to the totals. */
  private double[] energy(double[][] response) {
    double[] energy = new double[totals.length];
    for (double[] frame : response) {
      for (int i = 0; i < energy.length; i++) {
        energy[i] += frame[i] * frame[i];
      }
    }
    for (int i = 0; i < energy.length; i++) {
      totals[i] += energy[i];
    }
    return energy;
  }

  private boolean isQuiet(double[] energy) {
    for (int i = 0; i < energy.length; i++) {
      if (energy[i] > NOTHING * threshold * totals[i]) {
        return false;
      }
    }
    return totals[0] > 0 || isZero();
  }

  /** Fast sections reach subnormal numbers, which are slow, long before the slowest is silent. */
  private void flushTinyState() {
    for (int i = 0; i < state.length; i++) {
      state[i] = Math.abs(state[i]) < TINY ? 0 : state[i];
    }
  }

  private boolean isZero() {
    for (double entry : state) {
      if (entry != 0) {
        return false;
      }
    }
    return true;
  }

  private int lengthInBlock(int observed, int block, double tailBehind) {
    System.arraycopy(startStates.get(block), 0, state, 0, state.length);
    double[][] response = new double[BLOCK][totals.length];
    run(response, block == 0);
    double tail = tailBehind;
    int n = BLOCK;
    while (n > 0) {
      double value = response[n - 1][observed];
      if (audible(observed, tail + value * value)) {
        break;
      }
      tail += value * value;
      n--;
    }
    return n;
  }

  /** One block of the impulse response, in transposed direct form II. */
  private void run(double[][] response, boolean impulse) {
    for (int t = 0; t < response.length; t++) {
      double x = impulse && t == 0 ? 1 : 0;
      for (int section = 0; section < rows.length; section++) {
        double[] c = rows[section];
        double y = c[0] * x + state[2 * section];
        state[2 * section] = c[1] * x - c[4] * y + state[2 * section + 1];
        state[2 * section + 1] = c[2] * x - c[5] * y;
        x = y;
      }
      response[t][0] = x;
      System.arraycopy(state, 0, response[t], 1, totals.length - 1);
    }
  }
}
