package io.github.millrace.cpu;

import io.github.millrace.backend.Step;

/**
 * A thread's work space: a run of samples as doubles, on its way from a block through a kernel to
 * another block. A kernel works on {@code values[at..at+frames)}.
 */
final class Samples {

  final double[] values;

  /** Scratch beside the values. */
  final double[] spare;

  final double loadGain;
  final double storeGain;
  int at;
  int frames;

  /** The run's first frame, counted from reset. */
  long place;

  private final float[] narrow;

  /** Room for {@code capacity} samples on the loads and stores of a step. */
  Samples(int capacity, Step step) {
    values = new double[capacity];
    spare = new double[capacity];
    narrow = new float[capacity];
    loadGain = step.loadGain();
    storeGain = step.storeGain();
  }

  /** Marks the run that is read, filtered or written next. */
  void range(int start, int count) {
    at = start;
    frames = count;
  }

  /** Scratch for the narrow form of the run. */
  float[] narrow(int count) {
    assert count <= narrow.length;
    return narrow;
  }

  void scale(double gain) {
    if (gain == 1) {
      return;
    }
    for (int i = at; i < at + frames; i++) {
      values[i] *= gain;
    }
  }
}
