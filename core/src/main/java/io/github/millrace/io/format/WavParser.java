package io.github.millrace.io.format;

import io.github.millrace.io.Chunk;
import io.github.millrace.io.Container;
import io.github.millrace.io.FileFormat;
import io.github.millrace.io.bytes.ByteSource;
import io.github.millrace.io.bytes.HeaderCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the chunks of one RIFF, RF64 or BW64 file. */
final class WavParser {

  private static final Set<String> KEPT = Set.of("bext", "iXML", "LIST", "cue ");
  private static final int MOST_METADATA = 16 << 20;
  private static final int MOST_CHUNKS = 10_000;
  private static final int DS64_SIZE = 28;
  private static final long ALL_ONES = 0xFFFF_FFFFL;

  /** What writers to a pipe put where they do not know the length: ffmpeg, SoX, arecord. */
  private static final Set<Long> PLACEHOLDERS =
      Set.of(ALL_ONES, 0x7FFF_F000L, 0x7FFF_FFFFL, 0x8000_0000L);

  private final HeaderCursor cursor;
  private final List<Chunk> metadata = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private int metadataBytes;
  private long wideDataSize = DataLength.TO_THE_END;
  private WaveFormat format;

  WavParser(ByteSource source) {
    cursor = new HeaderCursor(source);
  }

  SampleLayout parse() throws IOException {
    Container container = WavFormat.container(cursor.text("RIFF id", 4));
    long riffSize = cursor.u32("RIFF size");
    cursor.text("WAVE id", 4);
    long dataSize = findData();
    long claimed = claimedBytes(container, riffSize, dataSize);
    long frames = DataLength.frames(cursor, claimed, format.frameBytes());
    long offset = cursor.position();
    if (claimed != DataLength.TO_THE_END && cursor.size() >= 0) {
      readTail(offset + claimed + claimed % 2);
    }
    return SampleLayout.interleaved(
        new FileFormat(
            container,
            format.encoding(),
            format.sampleRate(),
            format.channels(),
            frames,
            format.channelMask(),
            metadata,
            notes),
        offset);
  }

  /** Reads chunks up to the data chunk's size field, which stays the cursor's last field. */
  private long findData() throws IOException {
    for (int n = 0; n < MOST_CHUNKS; n++) {
      String id = cursor.text("chunk id", 4);
      long size = cursor.u32(id.equals("data") ? "data size" : "chunk size");
      if (id.equals("data")) {
        if (format == null) {
          throw cursor.error("the data chunk comes before a fmt chunk");
        }
        return size;
      }
      long end = cursor.position() + size + size % 2;
      if (cursor.size() >= 0 && cursor.position() + size > cursor.size()) {
        throw cursor.error(
            "is "
                + size
                + " bytes, the file ends "
                + (cursor.size() - cursor.position())
                + " bytes later");
      }
      read(id, size);
      cursor.moveTo(end);
    }
    throw cursor.error("no data chunk among the first " + MOST_CHUNKS);
  }

  private void read(String id, long size) throws IOException {
    if (id.equals("fmt ")) {
      format = WaveFormat.parse(cursor, size);
    } else if (id.equals("ds64")) {
      readWideSizes(size);
    } else if (KEPT.contains(id)) {
      keep(id, size);
    }
  }

  private void readWideSizes(long size) throws IOException {
    if (size < DS64_SIZE) {
      throw cursor.error("is " + size + ", expected at least " + DS64_SIZE + " in ds64");
    }
    cursor.i64("ds64 RIFF size");
    wideDataSize = cursor.i64("ds64 data size");
    if (wideDataSize < -1) {
      throw cursor.error("is 0x" + Long.toHexString(wideDataSize) + ", expected below 2^63");
    }
  }

  private void keep(String id, long size) throws IOException {
    if (size > MOST_METADATA - metadataBytes) {
      notes.add("the " + id.strip() + " chunk of " + size + " bytes is left out: too large");
      return;
    }
    metadata.add(new Chunk(id, cursor.bytes(id.strip() + " content", (int) size)));
    metadataBytes += (int) size;
  }

  private long claimedBytes(Container container, long riffSize, long dataSize) {
    if (container == Container.RF64 && dataSize == ALL_ONES) {
      boolean unknown = wideDataSize == 0 || wideDataSize == Long.MAX_VALUE;
      return unknown ? DataLength.TO_THE_END : wideDataSize;
    }
    if (dataSize == 0) {
      return isEmpty(riffSize) ? 0 : DataLength.TO_THE_END;
    }
    long held = cursor.size() < 0 ? 0 : cursor.size() - cursor.position();
    boolean placeholder = PLACEHOLDERS.contains(dataSize) && dataSize > held;
    return placeholder ? DataLength.TO_THE_END : dataSize;
  }

  /** Whether a data size of 0 means no samples: only if the RIFF size counts chunks behind them. */
  private boolean isEmpty(long riffSize) {
    long riffEnd = riffSize + 8;
    boolean within = cursor.size() < 0 ? riffSize < 0x7FFF_F000L : riffEnd <= cursor.size();
    return within && riffEnd > cursor.position();
  }

  /** Keeps the metadata behind the samples; what is broken there does not harm them. */
  private void readTail(long start) throws IOException {
    cursor.moveTo(start);
    for (int n = 0; n < MOST_CHUNKS && cursor.position() + 8 <= cursor.size(); n++) {
      String id = cursor.text("chunk id", 4);
      long size = cursor.u32("chunk size");
      if (size > cursor.size() - cursor.position()) {
        notes.add("what follows the samples is not a whole chunk and is left out");
        return;
      }
      long end = cursor.position() + size + size % 2;
      if (KEPT.contains(id)) {
        keep(id, size);
      }
      cursor.moveTo(end);
    }
  }
}
