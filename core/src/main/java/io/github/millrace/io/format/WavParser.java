package io.github.millrace.io.format;

import io.github.millrace.io.Container;
import io.github.millrace.io.FileFormat;
import io.github.millrace.io.SignalFileException;
import io.github.millrace.io.bytes.ByteSource;
import io.github.millrace.io.bytes.HeaderCursor;
import java.io.IOException;
import java.nio.ByteOrder;

/** Reads the chunks of one RIFF, RIFX, RF64 or BW64 file. */
final class WavParser {

  private static final int MOST_CHUNKS = 10_000;
  private static final int ID = 4;
  private static final int DS64_SIZE = 28;

  private final HeaderCursor cursor;
  private RiffChunks found = new RiffChunks(false);
  private long wideDataSize;
  private WaveFormat format;

  WavParser(ByteSource source) {
    cursor = new HeaderCursor(source);
  }

  SampleLayout parse() throws IOException {
    String id = cursor.text("RIFF id", ID);
    if (id.equals("RIFX")) {
      cursor.setOrder(ByteOrder.BIG_ENDIAN);
      found = new RiffChunks(true);
    }
    Container container = WavFormat.container(id);
    long riffSize = cursor.u32("RIFF size");
    cursor.text("WAVE id", ID);
    long word = findData(container);
    boolean wide = container == Container.RF64 && isLength(wideDataSize);
    long claimed = wide ? wideDataSize : claimedBytes(riffSize, word);
    boolean doubtful = !wide && Claim.isPlaceholder(claimed);
    WavTail tail = new WavTail(cursor, found, Math.max(0, claimed), doubtful);
    if (doubtful && (cursor.size() < 0 || !tail.begins())) {
      claimed = Claim.TO_THE_END;
    }
    return layout(container, claimed, tail);
  }

  private SampleLayout layout(Container container, long claimed, WavTail tail) throws IOException {
    boolean stream = cursor.size() < 0;
    long offset = cursor.position();
    long frames = Claim.frames(cursor, claimed, format.frameBytes(), found.notes());
    if (!stream && claimed != Claim.TO_THE_END) {
      tail.read();
    }
    boolean more = stream && (claimed != Claim.TO_THE_END || tail.doubtfulBytes() >= 0);
    return new SampleLayout(
        header(container, frames), offset, cursor.order(), false, more ? tail : Tail.NONE);
  }

  private FileFormat header(Container container, long frames) {
    return new FileFormat(
        container,
        format.encoding(),
        format.sampleRate(),
        format.channels(),
        frames,
        format.channelMask(),
        found.chunks(),
        found.notes());
  }

  /** Reads chunks up to the data chunk's size field, which stays the cursor's last field. */
  private long findData(Container container) throws IOException {
    for (int n = 0; n < MOST_CHUNKS; n++) {
      if (cursor.peek(cursor.position(), RiffChunks.HEADER).length() < RiffChunks.HEADER) {
        cursor.begin("chunk id");
        throw noData(container, "the input ends here");
      }
      String id = cursor.text("chunk id", ID);
      long size = cursor.u32(id.equals("data") ? "data size" : "chunk size");
      if (id.equals("data")) {
        if (format == null) {
          throw cursor.error("the data chunk comes before a fmt chunk");
        }
        return size;
      }
      long end = cursor.position() + size;
      if (cursor.size() >= 0 && end > cursor.size()) {
        long rest = cursor.size() - cursor.position();
        throw noData(container, "is " + size + " bytes, the file ends " + rest + " bytes later");
      }
      read(id, size);
      cursor.moveTo(RiffChunks.afterPad(cursor, end, size));
    }
    throw noData(container, "the file goes on after " + MOST_CHUNKS + " chunks");
  }

  /** With what is known so far, for those who look at a damaged file. */
  private SignalFileException noData(Container container, String why) {
    SignalFileException error = cursor.error(why + ": no data chunk");
    return format == null ? error : error.withFound(header(container, 0));
  }

  private void read(String id, long size) throws IOException {
    if (id.equals("fmt ")) {
      format = WaveFormat.parse(cursor, size);
    } else if (id.equals("ds64")) {
      readWideSizes(size);
    } else {
      found.read(cursor, id, size);
    }
  }

  private void readWideSizes(long size) throws IOException {
    if (size < DS64_SIZE) {
      throw cursor.error("is " + size + ", expected at least " + DS64_SIZE + " in ds64");
    }
    cursor.i64("ds64 RIFF size");
    wideDataSize = cursor.i64("ds64 data size");
  }

  /** A writer to a pipe leaves 0, all ones or the largest number. */
  private static boolean isLength(long wide) {
    return wide > 0 && wide <= Long.MAX_VALUE / 2;
  }

  private long claimedBytes(long riffSize, long word) throws IOException {
    return word == 0 && !isEmpty(riffSize) ? Claim.TO_THE_END : word;
  }

  /** Whether a data size of 0 means no samples: only where a chunk follows. */
  private boolean isEmpty(long riffSize) throws IOException {
    String next = cursor.peek(cursor.position(), ID);
    boolean counted = riffSize + 8 > cursor.position() && !Claim.isPlaceholder(riffSize);
    return RiffChunks.isFamiliar(next) || (counted && RiffChunks.isId(next));
  }
}
