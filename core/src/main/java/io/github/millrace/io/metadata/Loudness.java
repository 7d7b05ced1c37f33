package io.github.millrace.io.metadata;

import io.github.millrace.io.Chunk;

/** The five loudness values of {@code bext} from version 2 on (EBU Tech 3285). */
final class Loudness {

  private static final int VERSION = 346;
  private static final int VALUES = 412;
  private static final int END = 422;
  private static final int UNUSED = 0x7FFF;

  private Loudness() {}

  /** Whether any of the values is there. */
  static boolean isStated(Chunk chunk) {
    Content content = new Content(chunk);
    if (content.size() < END || content.u16(VERSION) < 2) {
      return false;
    }
    for (int at = VALUES; at < END; at += 2) {
      if (content.u16(at) != UNUSED) {
        return true;
      }
    }
    return false;
  }

  /** The chunk with all values unused. */
  static Chunk without(Chunk chunk) {
    Content content = new Content(chunk);
    for (int at = VALUES; at < END; at += 2) {
      content.putU16(at, UNUSED);
    }
    return new Chunk(chunk.id(), content.bytes());
  }
}
