package io.github.millrace.plan;

import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.util.Arrays;

/**
 * Arrays of doubles or of floats, as channels.
 *
 * @param <A> {@code double[]} or {@code float[]}
 */
interface ArrayKind<A> {

  /** Of doubles. */
  ArrayKind<double[]> DOUBLES =
      new ArrayKind<>() {
        @Override
        public SampleType type() {
          return SampleType.FLOAT64;
        }

        @Override
        public int length(double[] samples) {
          return samples.length;
        }

        @Override
        public double[][] make(int channels, int frames) {
          return new double[channels][frames];
        }

        @Override
        public double[] first(double[] samples, int frames) {
          return Arrays.copyOf(samples, frames);
        }

        @Override
        public SignalBuffer wrap(double[] samples) {
          return SignalBuffer.wrap(samples);
        }
      };

  /** Of floats. */
  ArrayKind<float[]> FLOATS =
      new ArrayKind<>() {
        @Override
        public SampleType type() {
          return SampleType.FLOAT32;
        }

        @Override
        public int length(float[] samples) {
          return samples.length;
        }

        @Override
        public float[][] make(int channels, int frames) {
          return new float[channels][frames];
        }

        @Override
        public float[] first(float[] samples, int frames) {
          return Arrays.copyOf(samples, frames);
        }

        @Override
        public SignalBuffer wrap(float[] samples) {
          return SignalBuffer.wrap(samples);
        }
      };

  SampleType type();

  int length(A samples);

  A[] make(int channels, int frames);

  /** A copy of the first samples. */
  A first(A samples, int frames);

  SignalBuffer wrap(A samples);
}
