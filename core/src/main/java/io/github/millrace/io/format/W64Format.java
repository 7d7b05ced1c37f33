package io.github.millrace.io.format;

import io.github.millrace.io.Container;
import io.github.millrace.io.FileFormat;
import io.github.millrace.io.ReadOptions;
import io.github.millrace.io.SignalFileException;
import io.github.millrace.io.WriteOptions;
import io.github.millrace.io.bytes.ByteSource;
import io.github.millrace.io.bytes.HeaderBytes;
import io.github.millrace.io.bytes.HeaderCursor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Sony Wave64: WAV's chunks with 16-byte identifiers, 64-bit sizes that count the chunk's own
 * header of 24 bytes, and starts aligned to 8 bytes.
 */
public final class W64Format implements Format {

  private static final String RIFF_TAIL = bytes("2E91CF11A5D628DB04C10000");
  private static final String WAVE_TAIL = bytes("F3ACD3118CD100C04F8EDB8A");
  private static final String RIFF = "riff" + RIFF_TAIL;
  private static final String WAVE = "wave" + WAVE_TAIL;
  private static final String FMT = "fmt " + WAVE_TAIL;
  private static final String FACT = "fact" + WAVE_TAIL;
  private static final String DATA = "data" + WAVE_TAIL;
  private static final int CHUNK_HEADER = 24;
  private static final int ALIGNMENT = 8;
  private static final int MOST_CHUNKS = 10_000;
  private static final long LONGEST = Long.MAX_VALUE / 2;

  @Override
  public boolean recognises(String start) {
    return start.startsWith(RIFF) && start.startsWith(WAVE, CHUNK_HEADER);
  }

  @Override
  public SampleLayout parse(ByteSource source, ReadOptions options) throws IOException {
    HeaderCursor cursor = new HeaderCursor(source);
    cursor.text("riff id", 16);
    cursor.i64("riff size");
    cursor.text("wave id", 16);
    WaveFormat format = null;
    List<String> notes = new ArrayList<>();
    for (int n = 0; n < MOST_CHUNKS && cursor.hasMore(); n++) {
      String id = cursor.text("chunk id", 16);
      long size = cursor.i64(id.equals(DATA) ? "data size" : "chunk size");
      if (id.equals(DATA)) {
        return layout(cursor, format, size, notes);
      }
      long end = end(cursor, size);
      if (id.equals(FMT)) {
        format = WaveFormat.parse(cursor, size - CHUNK_HEADER);
      } else {
        note(id, size - CHUNK_HEADER, notes);
      }
      cursor.moveTo(end);
    }
    cursor.begin("chunk id");
    throw cursor.error("the input ends here: no data chunk");
  }

  private static void note(String id, long size, List<String> notes) {
    String name = id.substring(0, 4);
    if (!id.equals(FACT) && !name.equalsIgnoreCase("junk")) {
      String shown = RiffChunks.isId(name) ? name.strip() : "unnamed";
      notes.add("the " + shown + " chunk of " + size + " bytes is left out: Wave64's are not read");
    }
  }

  private static long end(HeaderCursor cursor, long size) throws SignalFileException {
    long content = size - CHUNK_HEADER;
    long most = cursor.size() < 0 ? LONGEST : cursor.size() - cursor.position();
    if (content < 0 || content > most) {
      throw cursor.error("is " + size + " bytes, expected 24 to " + (most + CHUNK_HEADER));
    }
    return cursor.position() + (content + 7) / 8 * 8;
  }

  private static SampleLayout layout(
      HeaderCursor cursor, WaveFormat format, long size, List<String> notes) throws IOException {
    if (format == null) {
      throw cursor.error("the data chunk comes before a fmt chunk");
    }
    // A writer to a pipe leaves 0, a bare header, all ones or the largest number.
    boolean unknown = size == 0 || size == -1 || size == CHUNK_HEADER || size > LONGEST;
    if (!unknown && size < CHUNK_HEADER) {
      throw cursor.error("is " + size + " bytes, expected at least 24");
    }
    long claimed = unknown ? Claim.TO_THE_END : size - CHUNK_HEADER;
    if (Claim.isPlaceholder(claimed) && !isChunkAt(cursor, cursor.position() + claimed)) {
      claimed = Claim.TO_THE_END;
    }
    long frames = Claim.frames(cursor, claimed, format.frameBytes(), notes);
    Tail tail =
        claimed == Claim.TO_THE_END
            ? Tail.NONE
            : new Rest(cursor, claimed, ALIGNMENT, notes).readInFile();
    FileFormat header =
        new FileFormat(
            Container.W64,
            format.encoding(),
            format.sampleRate(),
            format.channels(),
            frames,
            format.channelMask(),
            List.of(),
            notes);
    return new SampleLayout(header, cursor.position(), cursor.order(), false, tail);
  }

  /** Whether a file goes on with a chunk here; of a stream that is not known. */
  private static boolean isChunkAt(HeaderCursor cursor, long offset) throws IOException {
    if (cursor.size() < 0) {
      return false;
    }
    String id = cursor.peek(Math.ceilDiv(offset, ALIGNMENT) * ALIGNMENT, 16);
    return id.length() == 16 && (id.endsWith(WAVE_TAIL) || id.endsWith(RIFF_TAIL));
  }

  @Override
  public Envelope envelope(String name, WriteOptions options) throws SignalFileException {
    return new W64Envelope(WaveFormat.of(name, options));
  }

  /** The chunks of a new file around its samples. */
  private record W64Envelope(WaveFormat format) implements Envelope {

    @Override
    public byte[] header(long frames) {
      int length = build(0, 0, 0).length;
      if (frames == UNKNOWN) {
        return build(-1, Long.MAX_VALUE, 0);
      }
      long dataSize = CHUNK_HEADER + frames * format.frameBytes();
      long total = length - CHUNK_HEADER + dataSize + trailer(frames).length;
      return build(total, dataSize, frames);
    }

    @Override
    public byte[] trailer(long frames) {
      long odd = frames == UNKNOWN ? 0 : frames * format.frameBytes() % 8;
      return new byte[(int) ((8 - odd) % 8)];
    }

    private byte[] build(long riffSize, long dataSize, long frames) {
      byte[] content = format.toBytes();
      HeaderBytes header = new HeaderBytes().text(RIFF).i64(riffSize).text(WAVE);
      header.text(FMT).i64(CHUNK_HEADER + content.length).raw(content).pad(8);
      if (!format.encoding().isInteger()) {
        header.text(FACT).i64(CHUNK_HEADER + 8).i64(frames);
      }
      return header.text(DATA).i64(dataSize).toBytes();
    }
  }

  private static String bytes(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
  }
}
