package io.github.millrace.stage;

import io.github.millrace.design.fir.ResamplerTaps;
import io.github.millrace.signal.StreamFormat;
import java.math.BigInteger;
import java.util.Objects;

/**
 * Changes the sample rate by the exact ratio L / M of two integer rates, by a polyphase
 * linear-phase filter whose own delay is removed: n frames become ceil(n L / M).
 *
 * <p>State: the last input frames of each channel, oldest first, and how many were read.
 *
 * @param rate output rate in Hz, a whole number above 0
 * @param quality how flat and how deep the filter is
 */
public record Resample(int rate, Quality quality) implements Stage {

  /** Rejection of aliases, and the pass band as a fraction of the lower Nyquist frequency. */
  public enum Quality {
    /** 80 dB, flat within 0.01 dB to 0.80. */
    FAST(80, 0.80),
    /** 110 dB, flat within 0.01 dB to 0.91. */
    STANDARD(110, 0.91),
    /** 140 dB, flat within 0.01 dB to 0.95. */
    BEST(140, 0.95);

    private final double rejectionDb;
    private final double passBand;

    Quality(double rejectionDb, double passBand) {
      this.rejectionDb = rejectionDb;
      this.passBand = passBand;
    }

    /** Least attenuation of aliases in dB. */
    public double rejectionDb() {
      return rejectionDb;
    }

    /** End of the flat pass band as a fraction of the lower of the two Nyquist frequencies. */
    public double passBand() {
      return passBand;
    }
  }

  /** The largest reduced factor L or M. */
  public static final int LARGEST_FACTOR = 65_536;

  /** Checks the rate. */
  public Resample {
    Objects.requireNonNull(quality, "quality");
    if (rate < 1) {
      throw new IllegalArgumentException("output rate is " + rate + " Hz, expected at least 1");
    }
  }

  /** A change to this rate in standard quality. */
  public Resample(int rate) {
    this(rate, Quality.STANDARD);
  }

  /** The reduced factor L: output frames per M input frames. */
  public int up(StreamFormat in) {
    return rate / divisor(in);
  }

  /** The reduced factor M: input frames per L output frames. */
  public int down(StreamFormat in) {
    return (int) in.sampleRate() / divisor(in);
  }

  /** The filter for a stream of this format. */
  public ResamplerTaps taps(StreamFormat in) {
    return ResamplerTaps.of(up(in), down(in), quality.rejectionDb(), quality.passBand());
  }

  @Override
  public StreamFormat output(StreamFormat in) {
    Stage.requireTime(this, in);
    double from = Stage.requireRate(this, in);
    if (from != Math.rint(from) || from > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          describe() + " needs an input rate in whole Hz, the stream has " + from);
    }
    if (up(in) > LARGEST_FACTOR || down(in) > LARGEST_FACTOR) {
      throw new IllegalArgumentException(
          describe()
              + " from "
              + (int) from
              + " Hz is a ratio of "
              + up(in)
              + " / "
              + down(in)
              + ", expected reduced factors of at most "
              + LARGEST_FACTOR);
    }
    return in.withSampleRate(rate);
  }

  @Override
  public String describe() {
    return "resample to "
        + rate
        + " Hz ("
        + quality.name().toLowerCase(java.util.Locale.ROOT)
        + ")";
  }

  private int divisor(StreamFormat in) {
    return BigInteger.valueOf(rate).gcd(BigInteger.valueOf((long) in.sampleRate())).intValue();
  }
}
