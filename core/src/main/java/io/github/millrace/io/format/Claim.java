package io.github.millrace.io.format;

import io.github.millrace.io.SignalFileException;
import io.github.millrace.io.bytes.HeaderCursor;
import java.util.List;

/** The length that a header claims for the samples, against the bytes that are there. */
final class Claim {

  /** In place of a claimed length: to the end of the input. */
  static final long TO_THE_END = -1;

  /**
   * How far below a power of two a writer to a pipe may stop that does not know the length: SoX
   * takes 0x7FFFF000 and rounds down to whole frames, which have at most 65,535 bytes; others leave
   * room for the header.
   */
  private static final long SLACK = 0x1_1000;

  private Claim() {}

  /** Whether a claim of 32 bits is so near 2^31 or 2^32 that it only fills its field. */
  static boolean isPlaceholder(long bytes) {
    return isJustBelow(bytes, 1L << 31) || isJustBelow(bytes, 1L << 32);
  }

  private static boolean isJustBelow(long bytes, long power) {
    return bytes <= power && bytes >= power - SLACK;
  }

  /**
   * Whole frames that follow the cursor.
   *
   * @param cursor at the first sample
   * @param claimed bytes by the header, or {@link #TO_THE_END}
   * @param frameBytes bytes of one frame
   * @param notes takes what is missing or left out
   * @return frames; of a stream those claimed, or -1 if nothing is
   */
  static long frames(HeaderCursor cursor, long claimed, int frameBytes, List<String> notes)
      throws SignalFileException {
    if (cursor.size() < 0) {
      return claimed == TO_THE_END ? -1 : claimed / frameBytes;
    }
    long held = Math.max(0, cursor.size() - cursor.position());
    if (claimed == TO_THE_END) {
      noteRest(held % frameBytes, notes);
      return held / frameBytes;
    }
    // Some writers count the pad byte of an odd length, which then need not be there.
    boolean padOnly = frameBytes % 2 == 1 && claimed % 2 == 0 && claimed - held == 1;
    if (claimed > held && !padOnly) {
      notes.add(cutShort(claimed / frameBytes, held / frameBytes));
    }
    return Math.min(claimed, held) / frameBytes;
  }

  /** Says that an input ends before its header's length. */
  static String cutShort(long promised, long held) {
    return "is cut short: the header promises " + promised + " frames, " + held + " are there";
  }

  /** Takes note of bytes behind the last whole frame, if there are any. */
  static void noteRest(long bytes, List<String> notes) {
    if (bytes > 0) {
      notes.add("the last " + bytes + " bytes are not a whole frame and are left out");
    }
  }
}
