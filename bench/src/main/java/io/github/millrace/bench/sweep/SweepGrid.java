package io.github.millrace.bench.sweep;

import java.util.ArrayList;
import java.util.List;

/**
 * What a sweep goes over.
 *
 * @param arithmetics types of arithmetic
 * @param sections second-order sections
 * @param channels numbers of channels
 * @param frames lengths of a block, ascending
 * @param mostSamples most samples of a block, all channels together
 */
public record SweepGrid(
    List<Arithmetic> arithmetics,
    List<Integer> sections,
    List<Integer> channels,
    List<Long> frames,
    long mostSamples) {

  /** The shortest block. */
  public static final long SHORTEST = 32;

  /** The longest block of a full sweep. */
  public static final long LONGEST = 1 << 24;

  private static final long MOST_SAMPLES = 1 << 25;
  private static final long QUICK_LONGEST = 1 << 19;

  /** Everything: K of 1 to 8, 1 to 64 channels, blocks of 32 to 2^24 frames. */
  public static final SweepGrid FULL =
      new SweepGrid(
          List.of(Arithmetic.values()),
          List.of(1, 2, 4, 8),
          List.of(1, 2, 8, 64),
          lengths(2, LONGEST),
          MOST_SAMPLES);

  /** A glance: two K, two numbers of channels, every other length. */
  public static final SweepGrid QUICK =
      new SweepGrid(
          List.of(Arithmetic.values()),
          List.of(1, 4),
          List.of(1, 8),
          lengths(4, QUICK_LONGEST),
          MOST_SAMPLES);

  /** Lengths from {@link #SHORTEST}, each a multiple of the one before. */
  private static List<Long> lengths(int ratio, long most) {
    List<Long> lengths = new ArrayList<>();
    for (long frames = SHORTEST; frames <= most; frames *= ratio) {
      lengths.add(frames);
    }
    return lengths;
  }

  /** This grid over other types. */
  public SweepGrid withArithmetics(List<Arithmetic> others) {
    return new SweepGrid(others, sections, channels, frames, mostSamples);
  }

  /** This grid over other numbers of sections. */
  public SweepGrid withSections(List<Integer> others) {
    return new SweepGrid(arithmetics, others, channels, frames, mostSamples);
  }

  /** This grid over other numbers of channels. */
  public SweepGrid withChannels(List<Integer> others) {
    return new SweepGrid(arithmetics, sections, others, frames, mostSamples);
  }

  /** This grid without longer blocks. */
  public SweepGrid upTo(long most) {
    List<Long> kept = frames.stream().filter(length -> length <= most).toList();
    return new SweepGrid(arithmetics, sections, channels, kept, mostSamples);
  }

  /**
   * The lengths of a curve.
   *
   * @param mostBytes room for the input and the output together
   */
  List<Long> lengths(SweepCurve curve, long mostBytes) {
    long perFrame = 2L * curve.channels() * curve.arithmetic().type().bytes();
    return frames.stream()
        .filter(length -> length * curve.channels() <= mostSamples)
        .filter(length -> length * perFrame <= mostBytes)
        .toList();
  }
}
