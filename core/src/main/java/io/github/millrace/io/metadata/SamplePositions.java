package io.github.millrace.io.metadata;

import io.github.millrace.io.Chunk;
import java.math.BigInteger;

/**
 * Positions at fixed places, on another timeline: the time reference of {@code bext} (EBU Tech
 * 3285), the loops of {@code smpl} and the timers of {@code cart} (AES46).
 */
final class SamplePositions {

  private static final int TIME_REFERENCE = 338;
  private static final int PERIOD = 8;
  private static final int LOOP_COUNT = 28;
  private static final int LOOPS = 36;
  private static final int LOOP = 24;
  private static final int TIMERS = 684;
  private static final int TIMERS_END = 748;

  private SamplePositions() {}

  /** The frames since midnight, which a delay does not move. */
  static Chunk bext(Chunk chunk, Timeline timeline) {
    Content content = new Content(chunk);
    if (content.size() >= TIME_REFERENCE + Long.BYTES) {
      BigInteger frames = new BigInteger(Long.toUnsignedString(content.i64(TIME_REFERENCE)));
      content.putI64(TIME_REFERENCE, timeline.duration(frames).longValue());
    }
    return new Chunk(chunk.id(), content.bytes());
  }

  /** The first and last frame of every loop, and the length of a frame in ns. */
  static Chunk smpl(Chunk chunk, Timeline timeline) {
    Content content = new Content(chunk);
    if (content.size() < LOOPS) {
      return chunk;
    }
    if (!timeline.isSameRate() && content.u32(PERIOD) != 0) {
      content.putU32(PERIOD, Math.round(1e9 / timeline.toRate()));
    }
    long count = Math.min(content.u32(LOOP_COUNT), (content.size() - LOOPS) / LOOP);
    for (int i = 0; i < count; i++) {
      for (int at = LOOPS + i * LOOP + 8; at <= LOOPS + i * LOOP + 12; at += 4) {
        content.putU32(at, timeline.position(content.u32(at)));
      }
    }
    return new Chunk(chunk.id(), content.bytes());
  }

  /** The frames at which the timers go off. */
  static Chunk cart(Chunk chunk, Timeline timeline) {
    Content content = new Content(chunk);
    for (int at = TIMERS; at < TIMERS_END && content.size() >= TIMERS_END; at += 8) {
      if (content.u32(at) != 0) {
        content.putU32(at + 4, timeline.position(content.u32(at + 4)));
      }
    }
    return new Chunk(chunk.id(), content.bytes());
  }
}
