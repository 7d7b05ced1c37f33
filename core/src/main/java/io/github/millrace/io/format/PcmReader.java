package io.github.millrace.io.format;

import io.github.millrace.io.FileFormat;
import io.github.millrace.io.SignalFileException;
import io.github.millrace.io.SignalReader;
import io.github.millrace.io.bytes.ByteSource;
import io.github.millrace.io.pcm.FrameDecoder;
import io.github.millrace.signal.SignalBuffer;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** Reads interleaved samples from a source. */
public final class PcmReader implements SignalReader {

  private final ByteSource source;
  private final SampleLayout layout;
  private final FrameDecoder decoder;
  private final int frameBytes;
  private final int viewFrames;
  private long position;
  private boolean ended;

  /** A reader at the first frame; it closes the source. */
  public PcmReader(ByteSource source, SampleLayout layout) {
    this.source = source;
    this.layout = layout;
    FileFormat format = layout.format();
    decoder = new FrameDecoder(format.encoding(), layout.order(), format.channels());
    frameBytes = layout.frameBytes();
    viewFrames = ByteSource.LARGEST_VIEW / frameBytes;
  }

  @Override
  public FileFormat info() {
    return layout.format();
  }

  @Override
  public long read(SignalBuffer into, long at, long frames) throws IOException {
    FrameRange.check(into, layout.format().channels(), at, frames);
    long known = layout.format().frames();
    long wanted = known < 0 ? frames : Math.min(frames, known - position);
    long done = 0;
    try {
      while (done < wanted && !ended) {
        done += readView(into, at + done, (int) Math.min(viewFrames, wanted - done));
      }
    } catch (InternalError e) {
      // How the JVM reports that a page of a mapped file is gone.
      throw new SignalFileException(source.name(), "the file shrank while it was read", e);
    } catch (IOException e) {
      throw SignalFileException.of(source.name(), e);
    }
    return done;
  }

  private int readView(SignalBuffer into, long at, int frames) throws IOException {
    long offset = layout.offset() + position * frameBytes;
    MemorySegment bytes = source.view(offset, frames * frameBytes);
    int held = (int) (bytes.byteSize() / frameBytes);
    decoder.decode(bytes, into, at, held);
    position += held;
    if (held < frames) {
      ended = true;
      long end = offset + bytes.byteSize();
      long known = layout.format().frames();
      if (known >= 0) {
        throw new SignalFileException(
            source.name(),
            "the data ends at offset "
                + end
                + " after "
                + position
                + " frames, the header promises "
                + known
                + ": truncated");
      }
    }
    return held;
  }

  @Override
  public boolean seekable() {
    return source.seekable();
  }

  @Override
  public void seek(long frame) {
    if (!seekable()) {
      throw new IllegalStateException(source.name() + " is a stream and cannot seek");
    }
    Objects.checkIndex(frame, layout.format().frames() + 1);
    position = frame;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
