package io.github.millrace.io.format;

import io.github.millrace.io.Chunk;
import io.github.millrace.io.bytes.HeaderCursor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The chunks of a RIFF file beside its samples: which are kept, and what is said of the others. */
final class RiffChunks {

  /** Bytes of an identifier and a size. */
  static final int HEADER = 8;

  private static final int ID = 4;
  private static final int MOST_BYTES = 16 << 20;

  /** What every writer makes anew. */
  private static final Set<String> STRUCTURE = Set.of("fmt ", "ds64", "fact");

  private static final Set<String> FILLERS = Set.of("JUNK", "junk", "PAD ", "FLLR", "filr");

  /** Chunks that are found behind samples, and that no samples look like by chance. */
  private static final Set<String> FAMILIAR =
      Set.of(
          "LIST", "bext", "iXML", "cue ", "smpl", "inst", "plst", "guan", "wamd", "id3 ", "ID3 ",
          "_PMX", "axml", "chna", "cart", "PEAK", "acid", "umid", "levl", "link", "mext", "qlty",
          "MD5 ", "afsp", "DISP", "fact", "JUNK", "junk", "PAD ", "FLLR", "data");

  /** Text, whose bytes are the same in either order. */
  private static final Set<String> TEXT = Set.of("iXML", "axml", "_PMX", "guan");

  private final List<Chunk> chunks = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final boolean swapped;
  private int bytes;

  /** No chunks yet, of a file whose numbers are in the other order than in those written. */
  RiffChunks(boolean swapped) {
    this.swapped = swapped;
  }

  /** Whether these four characters can be the name of a chunk. */
  static boolean isId(String id) {
    return id.length() == ID && id.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  /** Whether these four characters surely name a chunk. */
  static boolean isFamiliar(String id) {
    return FAMILIAR.contains(id);
  }

  /** Where the chunk behind one of this size and end starts: some writers forget the pad byte. */
  static long afterPad(HeaderCursor cursor, long end, long size) throws IOException {
    if (size % 2 == 0) {
      return end;
    }
    String next = cursor.peek(end, ID);
    return isId(next) && !isId(cursor.peek(end + 1, ID)) ? end : end + 1;
  }

  /** Keeps the chunk whose content the cursor is at, or takes note of it. */
  void read(HeaderCursor cursor, String id, long size) throws IOException {
    if (STRUCTURE.contains(id) || FILLERS.contains(id)) {
      return;
    }
    String which = "the " + (isId(id) ? id.strip() : "unnamed") + " chunk of " + size + " bytes ";
    if (!isId(id)) {
      notes.add(which + "at offset " + cursor.position() + " is left out");
    } else if (id.equals("data")) {
      notes.add("a second data chunk of " + size + " bytes is left out, only the first is read");
    } else if (swapped && !TEXT.contains(id)) {
      notes.add(which + "is left out: its numbers are big-endian");
    } else if (size > MOST_BYTES - bytes) {
      notes.add(which + "is left out: too large");
    } else {
      chunks.add(new Chunk(id, cursor.bytes(id.strip() + " content", (int) size)));
      bytes += (int) size;
    }
  }

  List<Chunk> chunks() {
    return chunks;
  }

  List<String> notes() {
    return notes;
  }
}
