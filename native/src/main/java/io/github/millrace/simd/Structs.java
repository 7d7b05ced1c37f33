package io.github.millrace.simd;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The structs of millrace.h, as Java fills them: every member takes eight bytes. A library says the
 * same of itself, in the same words, or is not used.
 */
final class Structs {

  /** Raised where functions change in a way that no struct shows. */
  private static final int VERSION = 4;

  /** A flag: writes around the caches. */
  static final long STREAM = 1;

  /** A flag: one frame after the other. */
  static final long SERIAL = 2;

  /** A flag: leaves what has faded in the state. */
  static final long HOLD = 4;

  /** A flag of frames: stored in the other byte order. */
  static final long SWAPPED = 1;

  /** A flag of frames: integers stand for themselves. */
  static final long COUNTS = 2;

  /** A flag of frames: planes are float64. */
  static final long WIDE = 4;

  /** A flag of frames: integers get dither. */
  static final long DITHER = 8;

  private static final long SCRATCH_SECTION = 440;
  private static final long SCRATCH_REST = 4160;

  /** Bytes of scratch of one thread, for a cascade of so many sections. */
  static long cascadeScratch(long sections) {
    return sections * SCRATCH_SECTION + SCRATCH_REST;
  }

  /** A member of a struct. */
  interface Member {
    int ordinal();

    String name();

    /** Bytes from the start of the struct. */
    default long at() {
      return 8L * ordinal();
    }
  }

  enum Cascade implements Member {
    SECTIONS,
    COEFFICIENTS,
    SCALE,
    LOAD_GAIN,
    STORE_GAIN,
    DECAY,
    LENGTHS,
    SEGMENTS,
    POWERS,
    FLAGS;

    static final long BYTES = bytes(values());
  }

  enum Fir implements Member {
    TAPS,
    LONGEST,
    LOAD_GAIN,
    STORE_GAIN,
    TABLES,
    FLAGS;

    static final long BYTES = bytes(values());
  }

  enum Resampler implements Member {
    UP,
    DOWN,
    WIDTH,
    LOAD_GAIN,
    STORE_GAIN,
    TABLE;

    static final long BYTES = bytes(values());
  }

  enum Outputs implements Member {
    INDEX,
    AHEAD,
    MOST,
    PAST;

    static final long BYTES = bytes(values());
  }

  enum Mix implements Member {
    INPUTS,
    OUTPUTS,
    WEIGHTS,
    FLAGS;

    static final long BYTES = bytes(values());
  }

  enum Frames implements Member {
    ENCODING,
    FLAGS,
    POSITION,
    PEAK32,
    PEAK64,
    CLIPPED,
    UNDEFINED;

    static final long BYTES = bytes(values());
  }

  private Structs() {}

  private static long bytes(Member... members) {
    return 8L * members.length;
  }

  /** What a library must say, line by line. */
  static List<String> expected() {
    return List.of(
        "version " + VERSION,
        "flags stream " + STREAM + " serial " + SERIAL + " hold " + HOLD + frameFlags(),
        "scratch " + SCRATCH_SECTION + " " + SCRATCH_REST,
        line("cascade", Cascade.values()),
        line("fir", Fir.values()),
        line("resampler", Resampler.values()),
        line("outputs", Outputs.values()),
        line("mix", Mix.values()),
        line("frames", Frames.values()));
  }

  private static String frameFlags() {
    return " swapped " + SWAPPED + " counts " + COUNTS + " wide " + WIDE + " dither " + DITHER;
  }

  private static String line(String struct, Member... members) {
    Stream<String> words =
        Arrays.stream(members)
            .map(member -> member.name().toLowerCase(Locale.ROOT) + " " + member.at());
    return struct + " " + bytes(members) + " " + words.collect(Collectors.joining(" "));
  }
}
