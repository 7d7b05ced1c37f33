package io.github.millrace.io.format;

import io.github.millrace.io.Chunk;
import io.github.millrace.io.SignalFileException;
import io.github.millrace.io.bytes.HeaderCursor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The chunks behind the samples of a RIFF file; what is broken there does not harm them. */
final class WavTail implements Tail {

  private static final int MOST_CHUNKS = 10_000;
  private static final int ID = 4;

  private final HeaderCursor cursor;
  private final RiffChunks found;
  private final long claimed;
  private final boolean doubtful;
  private final long end;

  /**
   * A tail.
   *
   * @param cursor at the first sample
   * @param found takes the chunks
   * @param claimed bytes of samples, at least 0
   * @param doubtful whether the claim may be no more than a placeholder
   */
  WavTail(HeaderCursor cursor, RiffChunks found, long claimed, boolean doubtful) {
    this.cursor = cursor;
    this.found = found;
    this.claimed = claimed;
    this.doubtful = doubtful;
    this.end = cursor.position() + claimed;
  }

  @Override
  public long doubtfulBytes() {
    return doubtful ? claimed : -1;
  }

  @Override
  public boolean begins(MemorySegment following) {
    byte[] bytes = following.toArray(ValueLayout.JAVA_BYTE);
    int pad = (int) (claimed % 2);
    return bytes.length >= pad + ID
        && RiffChunks.isFamiliar(new String(bytes, pad, ID, StandardCharsets.ISO_8859_1));
  }

  /** Whether a file goes on with a chunk where the claim ends. */
  boolean begins() throws IOException {
    return RiffChunks.isFamiliar(cursor.peek(end + claimed % 2, ID));
  }

  @Override
  public void read() throws IOException {
    long at = RiffChunks.afterPad(cursor, end, claimed);
    for (int n = 0; n < MOST_CHUNKS; n++) {
      String header = cursor.peek(at, RiffChunks.HEADER);
      if (header.length() < RiffChunks.HEADER || !RiffChunks.isId(header.substring(0, ID))) {
        noteRest(header, at);
        return;
      }
      cursor.moveTo(at + ID);
      long size = cursor.u32("chunk size");
      if (!read(header.substring(0, ID), size)) {
        return;
      }
      at = RiffChunks.afterPad(cursor, at + RiffChunks.HEADER + size, size);
    }
  }

  /** Bytes of zero behind the last chunk are no loss. */
  private void noteRest(String rest, long at) {
    boolean small = rest.length() < RiffChunks.HEADER;
    if (!rest.isEmpty() && !(small && rest.chars().allMatch(c -> c == 0))) {
      notes().add("what follows at offset " + at + " is not a chunk and is left out");
    }
  }

  private boolean read(String id, long size) throws IOException {
    boolean whole = cursor.size() < 0 || size <= cursor.size() - cursor.position();
    try {
      if (whole) {
        found.read(cursor, id, size);
      }
    } catch (SignalFileException e) {
      // Only the end of a stream within the content: failures of the stream are of other types.
      whole = false;
    }
    if (!whole) {
      String which = id.equals("data") ? "a second data" : "the " + id.strip();
      notes().add(which + " chunk behind the samples is cut short and left out");
    }
    return whole;
  }

  @Override
  public List<Chunk> chunks() {
    return found.chunks();
  }

  @Override
  public List<String> notes() {
    return found.notes();
  }
}
