package io.github.millrace.stage;

import io.github.millrace.design.fir.ResamplerTaps;
import io.github.millrace.signal.StreamFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;

/**
 * Changes the sample rate by the exact ratio L / M of two rates, each taken as the decimal number
 * that it prints as, by a polyphase linear-phase filter whose own delay is removed: n frames become
 * ceil(n L / M).
 *
 * <p>State: the last input frames of each channel, oldest first, and how many were read.
 *
 * @param rate output rate in Hz, above 0; a fraction where the reduced factors allow it
 * @param quality how flat and how deep the filter is
 */
public record Resample(double rate, Quality quality) implements Stage {

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
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException("output rate is " + text(rate) + " Hz, expected above 0");
    }
  }

  /** A change to this rate in standard quality. */
  public Resample(double rate) {
    this(rate, Quality.STANDARD);
  }

  /** The reduced factor L: output frames per M input frames. */
  public int up(StreamFormat in) {
    return Ratio.of(rate, in.sampleRate()).up().intValueExact();
  }

  /** The reduced factor M: input frames per L output frames. */
  public int down(StreamFormat in) {
    return Ratio.of(rate, in.sampleRate()).down().intValueExact();
  }

  /** The filter for a stream of this format. */
  public ResamplerTaps taps(StreamFormat in) {
    return ResamplerTaps.of(up(in), down(in), quality.rejectionDb(), quality.passBand());
  }

  @Override
  public StreamFormat output(StreamFormat in) {
    Stage.requireTime(this, in);
    double from = Stage.requireRate(this, in);
    Ratio ratio = Ratio.of(rate, from);
    if (ratio.up().max(ratio.down()).compareTo(BigInteger.valueOf(LARGEST_FACTOR)) > 0) {
      throw new IllegalArgumentException(
          describe()
              + " from "
              + text(from)
              + " Hz is a ratio of "
              + ratio.up()
              + " / "
              + ratio.down()
              + ", expected reduced factors of at most "
              + LARGEST_FACTOR);
    }
    return in.withSampleRate(rate);
  }

  @Override
  public String describe() {
    return "resample to "
        + text(rate)
        + " Hz ("
        + quality.name().toLowerCase(java.util.Locale.ROOT)
        + ")";
  }

  /** Most rates are whole; BigDecimal, for the others, takes 10 ms to load. */
  private static boolean isWhole(double rate) {
    return rate == Math.rint(rate) && Math.abs(rate) < 1L << 53;
  }

  private static String text(double rate) {
    if (isWhole(rate)) {
      return Long.toString((long) rate);
    }
    return Double.isFinite(rate)
        ? BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString()
        : Double.toString(rate);
  }

  /** Two rates as a fraction in lowest terms. */
  private record Ratio(BigInteger up, BigInteger down) {

    static Ratio of(double to, double from) {
      if (isWhole(to) && isWhole(from)) {
        return reduced(BigInteger.valueOf((long) to), BigInteger.valueOf((long) from));
      }
      BigDecimal up = BigDecimal.valueOf(to);
      BigDecimal down = BigDecimal.valueOf(from);
      int scale = Math.max(up.scale(), down.scale());
      return reduced(up.setScale(scale).unscaledValue(), down.setScale(scale).unscaledValue());
    }

    private static Ratio reduced(BigInteger up, BigInteger down) {
      BigInteger divisor = up.gcd(down);
      return new Ratio(up.divide(divisor), down.divide(divisor));
    }
  }
}
