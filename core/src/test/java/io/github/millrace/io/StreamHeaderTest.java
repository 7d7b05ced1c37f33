package io.github.millrace.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stream's header tells the length that is known, and is held to it. */
final class StreamHeaderTest {

  private static final Chunk LATE = new Chunk("iXML", new byte[5]);

  @TempDir Path folder;

  /** A file's header is corrected at its end: what a stream says at once must be the same. */
  @ParameterizedTest
  @CsvSource({
    "WAV, U8, 1",
    "WAV, S24, 2",
    "RF64, F32, 3",
    "W64, S24, 1",
    "W64, F64, 1",
    "NPY, F32, 2",
    "RAW, S16, 1"
  })
  void aStreamOfKnownLengthIsTheFile(Container container, Encoding encoding, int channels)
      throws IOException {
    for (int frames : new int[] {0, 1, 2, 101}) {
      WriteOptions options =
          WriteOptions.of(encoding, 8000, channels).withContainer(container).withFrames(frames);
      Path file = folder.resolve("a" + frames);
      write(file.toString(), options, frames);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      write("-", options.withStdout(bytes), frames);
      assertArrayEquals(Files.readAllBytes(file), bytes.toByteArray(), frames + " frames");
    }
  }

  private static List<String> write(String name, WriteOptions options, int frames, Chunk... late)
      throws IOException {
    try (SignalBuffer signal =
            SignalBuffer.allocate(SampleType.FLOAT32, options.channels(), frames);
        SignalWriter writer = SignalFiles.create(name, options)) {
      writer.write(signal, 0, frames);
      writer.addMetadata(List.of(late));
      writer.commit();
      return writer.notes();
    }
  }

  @ParameterizedTest
  @CsvSource({"WAV", "RF64", "W64", "NPY"})
  void fewerFramesAreSaidAndMoreAreRefused(Container container) throws IOException {
    WriteOptions options =
        WriteOptions.of(Encoding.S16, 8000, 1)
            .withContainer(container)
            .withFrames(101)
            .withStdout(new ByteArrayOutputStream());
    assertEquals(
        List.of("the header of the stream says 101 frames, it has 85"), write("-", options, 85));
    String message =
        assertThrows(SignalFileException.class, () -> write("-", options, 102)).getMessage();
    assertEquals("standard output: the header of the stream says 101 frames, it has 102", message);
  }

  @Test
  void rawStreamsHaveNoHeaderToHold() throws IOException {
    WriteOptions options =
        WriteOptions.of(Encoding.S16, 8000, 1)
            .withContainer(Container.RAW)
            .withFrames(10)
            .withStdout(new ByteArrayOutputStream());
    assertEquals(List.of(), write("-", options, 20));
  }

  @ParameterizedTest
  @CsvSource({"WAV, U8", "RF64, S16"})
  void lateChunksGoBehindTheSamplesOfAFile(Container container, Encoding encoding)
      throws IOException {
    Path file = folder.resolve("a.wav");
    WriteOptions options =
        WriteOptions.of(encoding, 8000, 1)
            .withContainer(container)
            .withMetadata(List.of(new Chunk("bext", new byte[603])));
    assertEquals(List.of(), write(file.toString(), options, 101, LATE));
    Reading read = Reading.of(file.toString(), ReadOptions.DEFAULT);
    assertEquals(List.of(new Chunk("bext", new byte[603]), LATE), read.chunks());
    assertEquals(101, read.frames());
    assertEquals(List.of(), read.notes());
    long riff = new java.math.BigInteger(1, reversed(Files.readAllBytes(file))).longValue();
    assertEquals(container == Container.RF64 ? 0xFFFF_FFFFL : Files.size(file) - 8, riff);
  }

  private static byte[] reversed(byte[] file) {
    return new byte[] {file[7], file[6], file[5], file[4]};
  }

  @ParameterizedTest
  @CsvSource({
    "WAV, 'they came when the header was already written: iXML'",
    "W64, 'this format holds none: iXML'",
    "NPY, 'this format holds none: iXML'",
    "RAW, 'this format holds none: iXML'"
  })
  void chunksWithoutAPlaceAreNamed(Container container, String why) throws IOException {
    WriteOptions options =
        WriteOptions.of(Encoding.S16, 8000, 1)
            .withContainer(container)
            .withFrames(3)
            .withStdout(new ByteArrayOutputStream());
    String note = "metadata chunks are left out, " + why;
    assertEquals(List.of(note), write("-", options, 3, LATE));
    if (container != Container.WAV) {
      assertEquals(List.of(note), write("-", options.withMetadata(List.of(LATE)), 3));
    }
  }

  @Test
  void aFractionalRateIsRefusedBeforeAnythingIsWritten() throws IOException {
    for (String name : new String[] {"a.wav", "a.w64", "a.rf64"}) {
      Path file = folder.resolve(name);
      String message =
          assertThrows(
                  SignalFileException.class,
                  () ->
                      SignalFiles.create(file.toString(), WriteOptions.of(Encoding.F64, 250.5, 1)))
              .getMessage();
      assertEquals(
          file
              + ": sample rate is 250.5 Hz, this format holds whole numbers up to 4294967295:"
              + " resample to one, or write .npy or .raw, which hold none",
          message);
    }
    try (var files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
    assertEquals(
        List.of(),
        write(folder.resolve("a.npy").toString(), WriteOptions.of(Encoding.F64, 250.5, 1), 3));
  }
}
