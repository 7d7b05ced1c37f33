package io.github.millrace.io.format;

import io.github.millrace.io.Chunk;
import io.github.millrace.io.SignalFileException;
import io.github.millrace.io.WriteOptions;
import io.github.millrace.io.bytes.HeaderBytes;
import io.github.millrace.io.metadata.Revision;
import java.util.ArrayList;
import java.util.List;

/**
 * The chunks of a new WAV file around its samples.
 *
 * <p>Where the file may outgrow 4 GiB, a JUNK chunk of a {@code ds64} chunk's size is first, so
 * that the finished header can become RF64 in place (EBU Tech 3306, section 3.5).
 */
final class WavEnvelope implements Envelope {

  private static final long ALL_ONES = 0xFFFF_FFFFL;
  private static final int DS64_SIZE = 28;
  private static final int CHUNK_HEADER = 8;

  private final String name;
  private final WavFormat kind;
  private final WaveFormat format;
  private final WriteOptions options;
  private final boolean reserved;
  private final long headerBytes;
  private final List<String> notes = new ArrayList<>();
  private final List<Chunk> chunks;
  private final List<Chunk> late;

  WavEnvelope(String name, WavFormat kind, WaveFormat format, WriteOptions options) {
    this.name = name;
    this.kind = kind;
    this.format = format;
    this.options = options;
    // Without the reserve a small file keeps the header of 44 bytes that many readers count on.
    boolean small =
        options.frames() >= 0 && options.frames() < kind.riffLimit() / 4 / format.frameBytes();
    this.reserved = kind.always64() || !small;
    this.chunks = Revision.of(options.metadata(), options, notes);
    this.late = List.of();
    this.headerBytes = build(0, false).length;
  }

  private WavEnvelope(WavEnvelope early, List<Chunk> late) {
    this.name = early.name;
    this.kind = early.kind;
    this.format = early.format;
    this.options = early.options;
    this.reserved = early.reserved;
    this.chunks = early.chunks;
    this.notes.addAll(early.notes);
    this.late = Revision.of(options.metadata().withChunks(late), options, notes);
    this.headerBytes = early.headerBytes;
  }

  @Override
  public boolean holdsChunks() {
    return true;
  }

  @Override
  public Envelope with(List<Chunk> behind) {
    return new WavEnvelope(this, behind);
  }

  @Override
  public List<String> notes() {
    return List.copyOf(notes);
  }

  @Override
  public byte[] header(long frames) throws SignalFileException {
    long riffSize = headerBytes + frames * format.frameBytes() + trailer(frames).length - 8;
    boolean wide = kind.always64() || (frames != UNKNOWN && riffSize > kind.riffLimit());
    if (wide && !reserved) {
      throw new SignalFileException(
          name, frames + " frames need RF64, but the header was made for " + options.frames());
    }
    return build(frames, wide);
  }

  @Override
  public byte[] trailer(long frames) {
    boolean odd = frames != UNKNOWN && frames * format.frameBytes() % 2 == 1;
    HeaderBytes bytes = new HeaderBytes().raw(new byte[odd ? 1 : 0]);
    append(late, bytes);
    return bytes.toBytes();
  }

  private static void append(List<Chunk> chunks, HeaderBytes to) {
    for (Chunk chunk : chunks) {
      to.text(chunk.id()).u32(chunk.size()).raw(chunk.content()).raw(new byte[chunk.size() % 2]);
    }
  }

  private byte[] build(long frames, boolean wide) {
    boolean allOnes = wide || frames == UNKNOWN;
    long dataSize = frames * format.frameBytes();
    long riffSize = headerBytes + dataSize + trailer(frames).length - CHUNK_HEADER;
    HeaderBytes header =
        new HeaderBytes()
            .text(wide ? "RF64" : "RIFF")
            .u32(allOnes ? ALL_ONES : riffSize)
            .text("WAVE");
    if (reserved) {
      header.text(wide ? "ds64" : "JUNK").u32(DS64_SIZE);
      // SoX and ffmpeg read the largest number in a stream as "to the end", but 0 as "empty".
      boolean stream = frames == UNKNOWN;
      header
          .i64(wide ? (stream ? Long.MAX_VALUE : riffSize) : 0)
          .i64(wide ? (stream ? Long.MAX_VALUE : dataSize) : 0)
          .i64(wide && !stream ? frames : 0)
          .u32(0);
    }
    byte[] content = format.toBytes();
    header.text("fmt ").u32(content.length).raw(content);
    if (!format.encoding().isInteger()) {
      header.text("fact").u32(4).u32(allOnes ? ALL_ONES : frames);
    }
    append(chunks, header);
    return header.text("data").u32(allOnes ? ALL_ONES : dataSize).toBytes();
  }
}
