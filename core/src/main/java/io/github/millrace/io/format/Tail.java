package io.github.millrace.io.format;

import io.github.millrace.io.Chunk;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** What may follow the samples of a stream; nothing in most formats. */
public interface Tail {

  /** Nothing follows, and what does is not looked at. */
  Tail NONE =
      new Tail() {
        @Override
        public long doubtfulBytes() {
          return -1;
        }

        @Override
        public boolean begins(MemorySegment following) {
          return false;
        }

        @Override
        public void read() {}

        @Override
        public List<Chunk> chunks() {
          return List.of();
        }

        @Override
        public List<String> notes() {
          return List.of();
        }
      };

  /** Bytes of samples after which the stream may go on or not; -1 if that is not in doubt. */
  long doubtfulBytes();

  /** Whether the samples end where these bytes follow the doubtful length. */
  boolean begins(MemorySegment following);

  /** Reads to the end of the stream, once the samples have passed. */
  void read() throws IOException;

  /** The chunks found so far. */
  List<Chunk> chunks();

  /** What was skipped or tolerated so far. */
  List<String> notes();
}
