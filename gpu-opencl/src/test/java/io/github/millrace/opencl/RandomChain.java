package io.github.millrace.opencl;

import io.github.millrace.design.Band;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Delay;
import io.github.millrace.stage.Fft;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.InverseFft;
import io.github.millrace.stage.Mix;
import io.github.millrace.stage.Resample;
import io.github.millrace.stage.Stage;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A chain, a stream and blocks drawn by a seed.
 *
 * @param random goes on with what is left to be drawn
 * @param format of the stream
 * @param pipeline the chain
 * @param options with a threshold
 * @param frames of the signal
 * @param largestAllocation to which the device is held
 */
record RandomChain(
    SplittableRandom random,
    StreamFormat format,
    Pipeline pipeline,
    PlanOptions options,
    int frames,
    long largestAllocation) {

  private static final int[] CHANNELS = {1, 1, 2, 3, 5, 8, 33, 300};
  private static final int[] RATES = {8_000, 11_025, 16_000, 44_100, 48_000, 96_000};

  /** The chain of a seed. */
  static RandomChain of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int channels = CHANNELS[random.nextInt(CHANNELS.length)];
    SampleType type = random.nextBoolean() ? SampleType.FLOAT64 : SampleType.FLOAT32;
    StreamFormat format = new StreamFormat(48_000, channels, type);
    int frames = random.nextInt(8) == 0 ? random.nextInt(3) : random.nextInt(60_000 / channels);
    PlanOptions options = PlanOptions.DEFAULTS.withBackend("opencl");
    options = random.nextInt(3) == 0 ? options : options.withThreshold(random.nextInt(3) * 500L);
    long largest = channels > 8 ? 2 << 20 : 64L << 10 << random.nextInt(4);
    return new RandomChain(random, format, pipeline(random, format), options, frames, largest);
  }

  private static Pipeline pipeline(SplittableRandom random, StreamFormat in) {
    Pipeline pipeline = new Pipeline(java.util.List.of());
    StreamFormat format = in;
    for (int k = 1 + random.nextInt(5); k > 0; k--) {
      Stage[] stages = stages(random, format);
      for (Stage stage : stages) {
        pipeline = pipeline.then(stage);
        format = stage.output(format);
      }
    }
    return pipeline;
  }

  private static Stage[] stages(SplittableRandom random, StreamFormat in) {
    double nyquist = in.sampleRate() / 2;
    return switch (random.nextInt(9)) {
      case 0 -> one(low(random, nyquist));
      case 1 -> one(Iir.butterworth(1 + random.nextInt(4), Band.high(nyquist * .05)));
      case 2 -> one(new Gain(random.nextDouble(-2, 2)));
      case 3 -> one(Delay.ofFrames(random.nextInt(700)));
      case 4 -> one(fir(random, 1 + random.nextInt(80)));
      case 5 -> one(fir(random, 80 + random.nextInt(3_000)));
      case 6 -> one(mix(random, in.channels()));
      case 7 -> one(resample(random, nyquist));
      default -> new Stage[] {new Fft(1 + random.nextInt(300)), new Gain(.5), new InverseFft()};
    };
  }

  private static Stage[] one(Stage stage) {
    return new Stage[] {stage};
  }

  private static Iir low(SplittableRandom random, double nyquist) {
    double cutoff = nyquist * random.nextDouble(.01, .9);
    return Iir.butterworth(1 + random.nextInt(12), Band.low(cutoff));
  }

  private static Fir fir(SplittableRandom random, int taps) {
    double[] h = random.doubles(taps, -1, 1).map(tap -> tap / Math.sqrt(taps)).toArray();
    return Fir.of(h).with(any(random, Fir.Method.values()));
  }

  private static Mix mix(SplittableRandom random, int inputs) {
    double[][] weights = new double[1 + random.nextInt(Math.min(inputs + 3, 9))][];
    Arrays.setAll(weights, i -> random.doubles(inputs, -1, 1).toArray());
    return Mix.matrix(weights);
  }

  private static Resample resample(SplittableRandom random, double nyquist) {
    int rate = RATES[random.nextInt(RATES.length)];
    Resample.Quality quality = any(random, Resample.Quality.values());
    return new Resample(rate == 2 * nyquist ? 32_000 : rate, quality);
  }

  /** One of several. */
  static <T> T any(SplittableRandom random, T[] values) {
    return values[random.nextInt(values.length)];
  }
}
