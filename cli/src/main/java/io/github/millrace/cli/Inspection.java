package io.github.millrace.cli;

import io.github.millrace.io.Chunk;
import io.github.millrace.io.FileFormat;
import io.github.millrace.io.SignalReader;
import io.github.millrace.signal.SignalBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds out what an input holds: from the header of a file, and by reading a stream to its end. */
final class Inspection {

  private static final int BLOCK_BYTES = 1 << 20;

  private Inspection() {}

  /** The format with the frames that came, all metadata and all notes. */
  static FileFormat of(SignalReader reader) throws IOException {
    FileFormat info = reader.info();
    if (reader.seekable()) {
      return info;
    }
    long frames = count(reader);
    List<Chunk> metadata = new ArrayList<>(info.metadata());
    metadata.addAll(reader.lateMetadata());
    return new FileFormat(
        info.container(),
        info.encoding(),
        info.sampleRate(),
        info.channels(),
        frames,
        info.channelMask(),
        metadata,
        reader.notes());
  }

  private static long count(SignalReader reader) throws IOException {
    FileFormat info = reader.info();
    int frameBytes = info.channels() * info.encoding().sampleType().bytes();
    long most = Math.max(1, BLOCK_BYTES / frameBytes);
    long frames = 0;
    try (SignalBuffer block =
        SignalBuffer.allocate(info.encoding().sampleType(), info.channels(), most)) {
      for (long n; (n = reader.read(block, 0, most)) > 0; ) {
        frames += n;
      }
    }
    return frames;
  }
}
