package io.github.millrace.io.format;

import io.github.millrace.io.Container;
import io.github.millrace.io.FileFormat;
import io.github.millrace.io.ReadOptions;
import io.github.millrace.io.SignalFileException;
import io.github.millrace.io.WriteOptions;
import io.github.millrace.io.bytes.ByteSource;
import io.github.millrace.io.bytes.HeaderCursor;
import java.util.ArrayList;
import java.util.List;

/** Interleaved little-endian samples without a header: what they are, the caller must say. */
public final class RawFormat implements Format {

  @Override
  public boolean recognises(String start) {
    return false;
  }

  @Override
  public SampleLayout parse(ByteSource source, ReadOptions options) throws SignalFileException {
    if (options.encoding() == null || options.channels() == 0 || options.sampleRate() == 0) {
      throw new SignalFileException(
          source.name(),
          "raw samples have no header: give their encoding, rate and channels (missing: "
              + missing(options)
              + ")");
    }
    HeaderCursor cursor = new HeaderCursor(source);
    int frameBytes = options.channels() * options.encoding().bytes();
    List<String> notes = new ArrayList<>();
    long frames = Claim.frames(cursor, Claim.TO_THE_END, frameBytes, notes);
    FileFormat format =
        new FileFormat(
            Container.RAW,
            options.encoding(),
            options.sampleRate(),
            options.channels(),
            frames,
            0,
            List.of(),
            notes);
    return SampleLayout.interleaved(format, 0);
  }

  private static String missing(ReadOptions options) {
    String encoding = options.encoding() == null ? " encoding" : "";
    String rate = options.sampleRate() == 0 ? " rate" : "";
    String channels = options.channels() == 0 ? " channels" : "";
    return (encoding + rate + channels).strip().replace(" ", ", ");
  }

  @Override
  public Envelope envelope(String name, WriteOptions options) {
    return new Envelope() {
      @Override
      public byte[] header(long frames) {
        return new byte[0];
      }

      @Override
      public byte[] trailer(long frames) {
        return new byte[0];
      }
    };
  }
}
