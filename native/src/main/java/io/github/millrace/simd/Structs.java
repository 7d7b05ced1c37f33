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
  private static final int VERSION = 1;

  /** A flag: writes around the caches. */
  static final long STREAM = 1;

  /** A flag: one frame after the other. */
  static final long SERIAL = 2;

  /** A flag: leaves what has faded in the state. */
  static final long HOLD = 4;

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
    MOST;

    static final long BYTES = bytes(values());
  }

  enum Mix implements Member {
    INPUTS,
    OUTPUTS,
    WEIGHTS,
    FLAGS;

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
        "flags stream " + STREAM + " serial " + SERIAL + " hold " + HOLD,
        line("cascade", Cascade.values()),
        line("fir", Fir.values()),
        line("resampler", Resampler.values()),
        line("outputs", Outputs.values()),
        line("mix", Mix.values()));
  }

  private static String line(String struct, Member... members) {
    Stream<String> words =
        Arrays.stream(members)
            .map(member -> member.name().toLowerCase(Locale.ROOT) + " " + member.at());
    return struct + " " + bytes(members) + " " + words.collect(Collectors.joining(" "));
  }
}
