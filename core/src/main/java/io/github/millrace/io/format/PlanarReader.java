package io.github.millrace.io.format;

import io.github.millrace.io.FileFormat;
import io.github.millrace.io.SignalFileException;
import io.github.millrace.io.SignalReader;
import io.github.millrace.io.bytes.ByteSource;
import io.github.millrace.io.pcm.FrameDecoder;
import io.github.millrace.io.pcm.StoredFrames;
import io.github.millrace.signal.PlanarLayout;
import io.github.millrace.signal.SignalBuffer;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Reads channels that follow each other, as in an array of shape (channels, frames), from a file.
 */
public final class PlanarReader implements SignalReader {

  private static final int PIECE_BYTES = 1 << 18;

  private final ByteSource source;
  private final SampleLayout layout;
  private final StoredFrames stored;
  private final FrameDecoder decoder;
  private final int sampleBytes;
  private long position;

  /** A reader at the first frame of a seekable source, which it closes. */
  public PlanarReader(ByteSource source, SampleLayout layout) {
    this.source = source;
    this.layout = layout;
    stored = layout.stored(1);
    decoder = FrameDecoder.of(stored);
    sampleBytes = stored.frameBytes();
  }

  @Override
  public FileFormat info() {
    return layout.format();
  }

  @Override
  public long read(SignalBuffer into, long at, long frames) throws IOException {
    FileFormat format = layout.format();
    FrameRange.check(into, format.channels(), at, frames);
    long count = Math.min(frames, format.frames() - position);
    PlanarLayout one = PlanarLayout.packed(into.type(), 1, into.frames());
    try {
      for (int c = 0; c < format.channels(); c++) {
        long start = layout.offset() + (c * format.frames() + position) * sampleBytes;
        readChannel(start, SignalBuffer.wrap(into.plane(c), one).slice(at, count));
      }
    } catch (IOException e) {
      throw SignalFileException.of(source.name(), e);
    }
    position += count;
    return count;
  }

  private void readChannel(long start, SignalBuffer into) throws IOException {
    if (stored.equalsPlane(into)) {
      require(source.read(start, into.plane(0)), into.frames());
      decoder.check(into, 0, into.frames());
      return;
    }
    int viewFrames = PIECE_BYTES / sampleBytes;
    for (long done = 0; done < into.frames(); ) {
      int n = (int) Math.min(viewFrames, into.frames() - done);
      MemorySegment bytes = source.view(start + done * sampleBytes, n * sampleBytes);
      require(bytes.byteSize(), n);
      decoder.decode(bytes, 0, into, done, n);
      done += n;
    }
  }

  private void require(long bytes, long frames) throws SignalFileException {
    if (bytes < frames * sampleBytes) {
      throw new SignalFileException(source.name(), "the file shrank while it was read");
    }
  }

  @Override
  public boolean takeNonFinite() {
    return decoder.takeNonFinite();
  }

  @Override
  public long waitedNanos() {
    return source.waitedNanos();
  }

  @Override
  public boolean seekable() {
    return true;
  }

  @Override
  public void seek(long frame) {
    Objects.checkIndex(frame, layout.format().frames() + 1);
    position = frame;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
