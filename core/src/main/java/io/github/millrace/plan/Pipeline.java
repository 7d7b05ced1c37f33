package io.github.millrace.plan;

import io.github.millrace.design.Response;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Alignment;
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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Stages in the order in which they are applied: immutable, equal by value, bound to no stream and
 * no device. Any thread.
 *
 * @param stages first to last; none copies its input
 */
public record Pipeline(List<Stage> stages) {

  /** More than any input has, and less than overflows when it is resampled. */
  private static final long MOST_FRAMES = Long.MAX_VALUE / Resample.LARGEST_FACTOR;

  /** Copies the list. */
  public Pipeline {
    stages = List.copyOf(stages);
  }

  /** A pipeline of these stages. */
  public static Pipeline of(Stage... stages) {
    return new Pipeline(Arrays.asList(stages));
  }

  /** This pipeline with one more stage at its end. */
  public Pipeline then(Stage stage) {
    return new Pipeline(Stream.concat(stages.stream(), Stream.of(stage)).toList());
  }

  /**
   * The stream this pipeline writes.
   *
   * @throws IllegalArgumentException if a stage cannot work on the stream it would read
   */
  public StreamFormat output(StreamFormat in) {
    StreamFormat format = in;
    for (Stage stage : stages) {
      format = stage.output(format);
    }
    return format;
  }

  /**
   * The frames that this pipeline writes in all, flush included, when a stream ends after so many.
   *
   * @param frames at least 0; -1 where unknown
   * @return -1 where that is unknown, or a custom stage does not keep the length
   * @throws IllegalArgumentException if a stage cannot work on the stream it would read
   */
  public long framesOut(long frames, StreamFormat in) {
    long count = frames;
    StreamFormat format = in;
    for (Stage stage : stages) {
      StreamFormat out = stage.output(format);
      boolean known = count >= 0 && count <= MOST_FRAMES;
      count = known ? framesOut(stage.lower(format), count, format) : -1;
      format = out;
    }
    return count;
  }

  private static long framesOut(Stage stage, long frames, StreamFormat in) {
    return switch (stage) {
      case Resample resample -> Math.ceilDiv(frames * resample.up(in), resample.down(in));
      case Delay delay -> Math.max(0, frames + delay.delayFrames());
      case Fft fft -> Math.ceilDiv(frames, fft.block()) * fft.output(in).bins();
      case InverseFft _ -> Math.ceilDiv(frames, in.bins()) * in.fftBlock();
      case Fir _, FirDesign _ -> {
        Alignment alignment = Alignment.of(stage);
        yield Math.max(0, frames - alignment.advanceFrames() + alignment.tailFrames());
      }
      case Iir _, SosCascade _, Gain _, Mix _ -> frames;
      case CustomStage custom -> custom.keepsLength() ? frames : -1;
    };
  }

  /**
   * The output frame at which delays put the first input frame; below 0 where they cut it. Filters
   * and resamplers leave a signal where it is.
   *
   * @throws IllegalArgumentException if a stage cannot work on the stream it would read
   */
  public long shiftFrames(StreamFormat in) {
    long shift = 0;
    StreamFormat format = in;
    for (Stage stage : stages) {
      shift =
          switch (stage.lower(format)) {
            case Resample resample ->
                Math.floorDiv(
                    Math.multiplyExact(shift, (long) resample.up(format)), resample.down(format));
            case Delay delay -> Math.addExact(shift, delay.delayFrames());
            case Iir _, SosCascade _, FirDesign _, Fir _, Gain _, Mix _ -> shift;
            case Fft _, InverseFft _, CustomStage _ -> shift;
          };
      format = stage.output(format);
    }
    return shift;
  }

  /**
   * The frequency response of this pipeline: complex gain, magnitude, phase and group delay.
   *
   * @param frequencies in Hz, each from 0 to half the sample rate
   * @throws IllegalArgumentException if the rate of the stream is unknown (0), a frequency is out
   *     of range, or a stage has no single response, as resampling, mixing, transforms and custom
   *     stages; the message names it
   */
  public Response response(double[] frequencies, StreamFormat in) {
    return ChainResponse.of(this, in).at(frequencies);
  }

  /** A plan on the best device present; see {@link PlanMaker#prepare}. */
  public Plan prepare(StreamFormat in) {
    return prepare(in, PlanOptions.DEFAULTS);
  }

  /** A plan as the options say; see {@link PlanMaker#prepare}. */
  public Plan prepare(StreamFormat in, PlanOptions options) {
    return PlanMaker.shipped().prepare(this, in, options);
  }

  /**
   * Filters one channel of float64 samples from start to end; the argument is left as it is. The
   * plan is kept for the next call of an equal pipeline at this rate.
   */
  public double[] filter(double[] samples, double sampleRate) {
    return filter(new double[][] {samples}, sampleRate)[0];
  }

  /** As {@link #filter(double[], double)}, for float32 samples. */
  public float[] filter(float[] samples, double sampleRate) {
    return filter(new float[][] {samples}, sampleRate)[0];
  }

  /**
   * Filters channels [channels][frames] of float64 samples from start to end.
   *
   * @throws IllegalArgumentException if channels differ in length, or there is none
   */
  public double[][] filter(double[][] channels, double sampleRate) {
    return OneShot.filter(this, ArrayKind.DOUBLES, channels, sampleRate);
  }

  /** As {@link #filter(double[][], double)}, for float32 samples. */
  public float[][] filter(float[][] channels, double sampleRate) {
    return OneShot.filter(this, ArrayKind.FLOATS, channels, sampleRate);
  }
}
