package io.github.millrace.gpu;

import io.github.millrace.design.Sos;
import io.github.millrace.design.state.StateSpace;

/** The tables of cascade.cl in a device's memory. */
final class CascadeTables implements AutoCloseable {

  /** Below this an entry of a table is nothing beside any state, and subnormals are slow. */
  private static final double NOTHING = 1e-200;

  private final Table coefficients;
  private final Table response;
  private final Table powers;
  private final Table exact;

  /**
   * Computes and uploads the tables.
   *
   * @param filled the cascade, levels spread, filled up
   */
  CascadeTables(KernelSetup setup, CascadeShape shape, Sos filled) {
    Arithmetic types = setup.arithmetic();
    double[] numbers = numbers(setup, filled);
    int order = shape.order();
    double[] responses = new double[shape.banks() * shape.frames() * order];
    double[] matrices = new double[shape.banks() * (CascadeShape.LEVELS + 1) * order * order];
    for (int b = 0; b < shape.banks(); b++) {
      StateSpace space = StateSpace.of(shape.bank(filled, b));
      put(space.outputTable(shape.frames()), responses, b);
      for (int level = 0; level <= CascadeShape.LEVELS; level++) {
        long frames = (long) shape.frames() << level;
        put(space.power(frames), matrices, b * (CascadeShape.LEVELS + 1) + level);
      }
    }
    coefficients = setup.table(types.real(), numbers);
    response = setup.table(types.real(), responses);
    powers = setup.table(types.state(), matrices);
    exact = setup.table(types.state(), numbers);
  }

  private static double[] numbers(KernelSetup setup, Sos filled) {
    double[] numbers = new double[2 + 5 * filled.sections()];
    numbers[0] = setup.step().loadGain();
    numbers[1] = setup.step().storeGain();
    for (int s = 0; s < filled.sections(); s++) {
      double[] row = filled.row(s);
      System.arraycopy(row, 0, numbers, 2 + 5 * s, 3);
      numbers[2 + 5 * s + 3] = -row[4];
      numbers[2 + 5 * s + 4] = -row[5];
    }
    return numbers;
  }

  private static void put(double[] values, double[] into, int index) {
    for (int i = 0; i < values.length; i++) {
      into[index * values.length + i] = Math.abs(values[i]) < NOTHING ? 0 : values[i];
    }
  }

  /** Gives the four tables as the next arguments. */
  DeviceFunction pass(DeviceFunction function) {
    return function
        .memory(coefficients.memory())
        .memory(response.memory())
        .memory(powers.memory())
        .memory(exact.memory());
  }

  /** Gains and coefficients in the type of the state. */
  DeviceMemory exact() {
    return exact.memory();
  }

  @Override
  public void close() {
    coefficients.close();
    response.close();
    powers.close();
    exact.close();
  }
}
