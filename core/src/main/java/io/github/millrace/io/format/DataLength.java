package io.github.millrace.io.format;

import io.github.millrace.io.SignalFileException;
import io.github.millrace.io.bytes.HeaderCursor;

/** How many frames the samples of an input make, after the header's word and the file's length. */
final class DataLength {

  /** In place of a claimed length: to the end of the input. */
  static final long TO_THE_END = -1;

  private DataLength() {}

  /**
   * Whole frames that follow the cursor.
   *
   * @param cursor at the first sample, its last field the claimed length
   * @param claimed bytes by the header, or {@link #TO_THE_END}
   * @param frameBytes bytes of one frame
   * @return frames, or -1 for a stream whose header does not say
   * @throws SignalFileException if a file holds fewer than it claims
   */
  static long frames(HeaderCursor cursor, long claimed, int frameBytes) throws SignalFileException {
    if (cursor.size() < 0) {
      return claimed == TO_THE_END ? -1 : claimed / frameBytes;
    }
    long held = Math.max(0, cursor.size() - cursor.position());
    if (claimed == TO_THE_END) {
      return held / frameBytes;
    }
    // Some writers count the pad byte of an odd length, which then need not be there.
    boolean padOnly = frameBytes % 2 == 1 && claimed % 2 == 0 && claimed - held == 1;
    if (claimed / frameBytes > held / frameBytes && !padOnly) {
      throw cursor.error(
          "is " + claimed + " bytes, but the file holds only " + held + " from there: truncated");
    }
    return Math.min(claimed, held) / frameBytes;
  }
}
