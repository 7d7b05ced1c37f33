package io.github.millrace.io.metadata;

import static io.github.millrace.io.metadata.Content.LARGEST;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.millrace.io.Chunk;
import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Cue points, and what refers to them, on another timeline (Microsoft, "Multimedia Programming
 * Interface and Data Specifications 1.0"): {@code cue}, {@code plst} and the list {@code adtl}.
 */
final class CuePoints {

  private static final int COUNT = 4;
  private static final int POINT = 24;
  private static final int POSITION = 4;
  private static final int SAMPLE_OFFSET = 20;
  private static final int SEGMENT = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int TEXT_LENGTH = 4;

  private final Timeline timeline;
  private final Set<Long> dropped = new HashSet<>();

  CuePoints(Timeline timeline, List<Chunk> chunks) {
    this.timeline = timeline;
    for (Chunk chunk : chunks) {
      if (chunk.id().equals("cue ")) {
        points(chunk);
      }
    }
  }

  /** How many points have no place in the output. */
  int dropped() {
    return dropped.size();
  }

  /** The points that have a place, at their new frames. */
  Chunk points(Chunk chunk) {
    Content content = new Content(chunk);
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    int count = count(content, POINT);
    for (int i = 0; i < count; i++) {
      int at = COUNT + i * POINT;
      long offset = timeline.position(content.u32(at + SAMPLE_OFFSET));
      if (offset < 0 || offset > LARGEST) {
        dropped.add(content.u32(at));
        continue;
      }
      long position = timeline.position(content.u32(at + POSITION));
      content.putU32(at + POSITION, position);
      content.putU32(at + SAMPLE_OFFSET, offset);
      kept.write(content.bytes(), at, POINT);
    }
    return counted("cue ", kept.toByteArray(), POINT);
  }

  /** The play list without the segments that began at a dropped point. */
  Chunk segments(Chunk chunk) {
    Content content = new Content(chunk);
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    int count = count(content, SEGMENT);
    for (int i = 0; i < count; i++) {
      int at = COUNT + i * SEGMENT;
      if (!dropped.contains(content.u32(at))) {
        content.putU32(at + 4, timeline.duration(content.u32(at + 4)));
        kept.write(content.bytes(), at, SEGMENT);
      }
    }
    return counted("plst", kept.toByteArray(), SEGMENT);
  }

  /** The list of labels, notes and texts without those of dropped points. */
  Chunk labels(Chunk chunk) {
    Content content = new Content(chunk);
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    kept.write(content.bytes(), 0, 4);
    int at = 4;
    while (content.size() - at >= CHUNK_HEADER + 4) {
      long size = content.u32(at + 4);
      if (size < 4 || size > content.size() - at - CHUNK_HEADER) {
        break;
      }
      int next = (int) Math.min(at + CHUNK_HEADER + size + size % 2, content.size());
      boolean text = content.u32(at) == new Content("ltxt".getBytes(US_ASCII)).u32(0);
      if (text && size >= TEXT_LENGTH + 4) {
        int length = at + CHUNK_HEADER + TEXT_LENGTH;
        content.putU32(length, timeline.duration(content.u32(length)));
      }
      if (!dropped.contains(content.u32(at + CHUNK_HEADER))) {
        kept.write(content.bytes(), at, next - at);
      }
      at = next;
    }
    kept.write(content.bytes(), at, content.size() - at);
    return new Chunk("LIST", kept.toByteArray());
  }

  /** Entries by the count in front, but no more than there are. */
  private static int count(Content content, int entry) {
    if (content.size() < COUNT) {
      return 0;
    }
    return (int) Math.min(content.u32(0), (content.size() - COUNT) / entry);
  }

  private static Chunk counted(String id, byte[] entries, int entry) {
    Content content = new Content(new byte[COUNT + entries.length]);
    content.putU32(0, entries.length / entry);
    System.arraycopy(entries, 0, content.bytes(), COUNT, entries.length);
    return new Chunk(id, content.bytes());
  }
}
