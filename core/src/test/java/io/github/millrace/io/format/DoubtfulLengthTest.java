package io.github.millrace.io.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.millrace.io.Chunk;
import io.github.millrace.io.Container;
import io.github.millrace.io.Encoding;
import io.github.millrace.io.FileFormat;
import io.github.millrace.io.RiffBytes;
import io.github.millrace.io.SignalReader;
import io.github.millrace.io.bytes.HeaderCursor;
import io.github.millrace.io.bytes.StreamSource;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stream ends at a doubtful length only where a chunk follows, wherever that lies in a frame. */
final class DoubtfulLengthTest {

  private static final Chunk LIST = new Chunk("LIST", RiffBytes.text("INFOabcd"));

  @ParameterizedTest
  @CsvSource({"U8, 1", "S16, 1", "S24, 1", "S24, 2", "F64, 3"})
  void theSamplesEndWhereAChunkFollows(Encoding encoding, int channels) throws IOException {
    int frame = channels * encoding.bytes();
    for (int claimed = 1; claimed < 60; claimed++) {
      byte[] samples = new byte[claimed + claimed % 2];
      byte[] chunk = RiffBytes.chunk("LIST", LIST.content());
      check(encoding, channels, claimed, RiffBytes.join(samples, chunk), claimed / frame, true);
      check(encoding, channels, claimed, new byte[claimed], claimed / frame, false);
      byte[] more = RiffBytes.join(samples, RiffBytes.text("LISX"), new byte[200]);
      check(encoding, channels, claimed, more, more.length / frame, false);
    }
  }

  private static void check(
      Encoding encoding, int channels, int claimed, byte[] bytes, long frames, boolean chunk)
      throws IOException {
    StreamSource source =
        new StreamSource("x", Channels.newChannel(new ByteArrayInputStream(bytes)));
    WavTail tail = new WavTail(new HeaderCursor(source), new RiffChunks(false), claimed, true);
    FileFormat format =
        new FileFormat(Container.WAV, encoding, 8000, channels, -1, 0, List.of(), List.of());
    SampleLayout layout = new SampleLayout(format, 0, ByteOrder.LITTLE_ENDIAN, false, tail);
    int most = 1 + claimed % 9;
    try (SignalReader reader = new PcmReader(source, layout);
        SignalBuffer buffer = SignalBuffer.allocate(SampleType.FLOAT32, channels, most)) {
      long read = 0;
      for (long n; (n = reader.read(buffer, 0, most)) > 0; ) {
        read += n;
      }
      assertEquals(frames, read, "claim " + claimed);
      assertEquals(chunk ? List.of(LIST) : List.of(), reader.lateMetadata());
    }
  }
}
