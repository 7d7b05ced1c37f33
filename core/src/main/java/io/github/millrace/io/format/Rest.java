package io.github.millrace.io.format;

import io.github.millrace.io.Chunk;
import io.github.millrace.io.bytes.HeaderCursor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Whatever follows the samples of a format whose chunks or further arrays are not read. */
final class Rest implements Tail {

  private final HeaderCursor cursor;
  private final long start;
  private final List<String> notes;

  /**
   * A rest.
   *
   * @param cursor at the first sample
   * @param claimed bytes of samples, at least 0
   * @param alignment where in the file something else can start
   * @param notes takes note of it
   */
  Rest(HeaderCursor cursor, long claimed, int alignment, List<String> notes) {
    this.cursor = cursor;
    this.notes = notes;
    start = Math.ceilDiv(cursor.position() + claimed, (long) alignment) * alignment;
  }

  /** Reads at once where the input is a file, and returns what is left for a stream. */
  Tail readInFile() throws IOException {
    if (cursor.size() < 0) {
      return this;
    }
    read();
    return NONE;
  }

  @Override
  public void read() throws IOException {
    if (!cursor.peek(start, 1).isEmpty()) {
      notes.add("what follows the samples at offset " + start + " is left out");
    }
  }

  @Override
  public long doubtfulBytes() {
    return -1;
  }

  @Override
  public boolean begins(MemorySegment following) {
    return false;
  }

  @Override
  public List<Chunk> chunks() {
    return List.of();
  }

  @Override
  public List<String> notes() {
    return notes;
  }
}
