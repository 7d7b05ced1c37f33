package io.github.millrace.io.format;

import io.github.millrace.io.Chunk;
import io.github.millrace.io.FileFormat;
import io.github.millrace.io.SignalFileException;
import io.github.millrace.io.SignalReader;
import io.github.millrace.io.bytes.ByteSource;
import io.github.millrace.io.pcm.FrameDecoder;
import io.github.millrace.io.pcm.StoredFrames;
import io.github.millrace.signal.SignalBuffer;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads interleaved samples from a source. */
public final class PcmReader implements SignalReader {

  /**
   * Bytes that are read and then converted: they stay in a second-level cache of 1 MiB, beside the
   * samples that they become.
   */
  private static final int PIECE_BYTES = 1 << 18;

  /** A pad byte and a chunk's name. */
  private static final int LOOK_AHEAD = 5;

  private final ByteSource source;
  private final SampleLayout layout;
  private final StoredFrames stored;
  private final FrameDecoder decoder;
  private final int frameBytes;
  private final int viewFrames;
  private long position;
  private boolean ended;
  private long doubtful;
  private final List<String> notes = new ArrayList<>();

  /** A reader at the first frame; it closes the source. */
  public PcmReader(ByteSource source, SampleLayout layout) {
    this.source = source;
    this.layout = layout;
    stored = layout.stored(layout.format().channels());
    decoder = FrameDecoder.of(stored);
    frameBytes = layout.frameBytes();
    doubtful = layout.tail().doubtfulBytes();
    viewFrames = Math.max(1, PIECE_BYTES / frameBytes);
  }

  @Override
  public FileFormat info() {
    return layout.format();
  }

  @Override
  public long read(SignalBuffer into, long at, long frames) throws IOException {
    FrameRange.check(into, layout.format().channels(), at, frames);
    long done = 0;
    try {
      while (hasMore() && done < frames) {
        long most = Math.min(frames - done, stop() - position);
        done +=
            stored.equalsPlane(into)
                ? readStraight(into, at + done, most)
                : readView(into, at + done, (int) Math.min(most, viewFrames));
      }
    } catch (IOException e) {
      throw SignalFileException.of(source.name(), e);
    }
    return done;
  }

  /** The frame at which the samples end, or may end. */
  private long stop() {
    long known = layout.format().frames();
    if (known >= 0) {
      return known;
    }
    return doubtful < 0 ? Long.MAX_VALUE : doubtful / frameBytes;
  }

  /** Whether the samples go on; where those of a stream end, what follows is read. */
  private boolean hasMore() throws IOException {
    if (position == stop() && !ended) {
      if (layout.format().frames() < 0) {
        ended = layout.tail().begins(following());
        doubtful = -1;
      } else if (seekable()) {
        return false;
      } else {
        ended = true;
      }
      if (ended) {
        layout.tail().read();
      }
    }
    return !ended;
  }

  /** The bytes behind a doubtful length, which may end within a frame. */
  private MemorySegment following() throws IOException {
    long rest = doubtful % frameBytes;
    MemorySegment bytes = source.view(offset(), (int) rest + LOOK_AHEAD);
    return bytes.asSlice(Math.min(rest, bytes.byteSize()));
  }

  private long offset() {
    return layout.offset() + position * frameBytes;
  }

  private long readView(SignalBuffer into, long at, int frames) throws IOException {
    MemorySegment bytes = source.view(offset(), frames * frameBytes);
    int held = (int) (bytes.byteSize() / frameBytes);
    decoder.decode(bytes, 0, into, at, held);
    return took(bytes.byteSize(), frames);
  }

  /** Samples that are stored as the buffer has them need no conversion. */
  private long readStraight(SignalBuffer into, long at, long frames) throws IOException {
    MemorySegment samples = into.plane(0).asSlice(at * frameBytes, frames * frameBytes);
    long bytes = source.read(offset(), samples);
    decoder.check(into, at, bytes / frameBytes);
    return took(bytes, frames);
  }

  /** Counts the whole frames of what was read, and sees where the input ends. */
  private long took(long bytes, long expected) throws SignalFileException {
    long frames = bytes / frameBytes;
    position += frames;
    if (frames < expected) {
      end(bytes % frameBytes);
    }
    return frames;
  }

  /** The input has ended before its header's length, or without one. */
  private void end(long rest) throws SignalFileException {
    if (seekable()) {
      throw new SignalFileException(source.name(), "the file shrank while it was read");
    }
    ended = true;
    long known = layout.format().frames();
    if (known >= 0) {
      notes.add(Claim.cutShort(known, position));
    } else {
      Claim.noteRest(rest, notes);
    }
  }

  @Override
  public List<Chunk> lateMetadata() {
    List<Chunk> all = layout.tail().chunks();
    return all.isEmpty() ? all : all.subList(layout.format().metadata().size(), all.size());
  }

  @Override
  public List<String> notes() {
    List<String> early = layout.format().notes();
    List<String> late = layout.tail().notes();
    List<String> all = new ArrayList<>(late.isEmpty() ? early : late);
    all.addAll(notes);
    return all;
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
