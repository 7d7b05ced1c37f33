package io.github.millrace.io.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.io.Container;
import io.github.millrace.io.Encoding;
import io.github.millrace.io.ReadOptions;
import io.github.millrace.io.SignalFileException;
import io.github.millrace.io.SignalFiles;
import io.github.millrace.io.SignalReader;
import io.github.millrace.io.WriteOptions;
import io.github.millrace.io.bytes.TemporaryOutput;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes beyond 32 bits: RF64 in place of WAV, sparse files of 5 GiB, flat resident memory. */
final class LargeFileTest {

  private static final long FIVE_GIB = 5L << 30;
  private static final int LIMIT = 1000;

  @TempDir Path folder;

  /** With a header of 80 bytes, 464 frames are the last that a RIFF size of 1,000 holds. */
  @ParameterizedTest
  @ValueSource(ints = {0, 463, 464, 465, 10_000})
  void wavBecomesRf64BeyondItsLimit(int frames) throws IOException {
    Path file = folder.resolve("a.wav");
    WriteOptions options = WriteOptions.of(Encoding.S16, 8000, 1);
    write(file, options, frames);
    byte[] bytes = Files.readAllBytes(file);
    boolean wide = frames > 464;
    assertEquals(wide ? "RF64" : "RIFF", ascii(bytes, 0));
    assertEquals(wide ? "ds64" : "JUNK", ascii(bytes, 12));
    assertEquals(bytes.length - 8, wide ? number(bytes, 20) : number(bytes, 4) & 0xFFFF_FFFFL);
    try (SignalReader reader = SignalFiles.open(file.toString(), ReadOptions.DEFAULT)) {
      assertEquals(frames, reader.info().frames());
      assertEquals(wide ? Container.RF64 : Container.WAV, reader.info().container());
    }
  }

  @Test
  void expectedLengthReservesWhatItNeeds() throws IOException {
    WriteOptions small = WriteOptions.of(Encoding.S16, 8000, 1).withFrames(10);
    write(folder.resolve("a.wav"), small, 10);
    assertEquals(44 + 20, Files.size(folder.resolve("a.wav")));
    Path file = folder.resolve("b.wav");
    String message =
        assertThrows(SignalFileException.class, () -> write(file, small, 1000)).getMessage();
    assertEquals(file + ": 1000 frames need RF64, but the header was made for 10", message);
    assertTrue(Files.notExists(file));
  }

  private static void write(Path file, WriteOptions options, int frames) throws IOException {
    Envelope envelope = WavFormat.withLimit(LIMIT).envelope(file.toString(), options);
    try (SignalBuffer signal = SignalBuffer.allocate(SampleType.FLOAT32, 1, frames);
        TemporaryOutput output = new TemporaryOutput(file, false, 0);
        PcmWriter writer = new PcmWriter(output, envelope, options)) {
      writer.write(signal, 0, frames);
      writer.commit();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"WAV", "RF64", "W64", "NPY", "RAW"})
  void tailOfFiveGibIsRead(Container container) throws IOException {
    Path file = folder.resolve("sparse");
    long frames = FIVE_GIB / 8;
    sparse(file, container, frames);
    ReadOptions options =
        container == Container.RAW ? ReadOptions.raw(Encoding.F32, 8000, 2) : ReadOptions.DEFAULT;
    try (SignalReader reader = SignalFiles.open(file.toString(), options);
        SignalBuffer buffer = SignalBuffer.allocate(SampleType.FLOAT64, 2, 10)) {
      assertEquals(frames, reader.info().frames());
      reader.seek(frames - 5);
      assertEquals(5, reader.read(buffer, 0, 10));
      assertEquals(0.25, buffer.get(0, 4));
      assertEquals(-0.5, buffer.get(1, 4));
      assertEquals(0, buffer.get(1, 3));
      reader.seek(0);
      assertEquals(10, reader.read(buffer, 0, 10));
    }
  }

  /** 1 GiB is 32 windows: were they kept, the growth would be ten times the bound. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void mappedPagesAreGivenBack() throws IOException {
    Path file = folder.resolve("sparse.wav");
    sparse(file, Container.WAV, FIVE_GIB / 8);
    try (SignalReader reader = SignalFiles.open(file.toString(), ReadOptions.DEFAULT);
        SignalBuffer buffer = SignalBuffer.allocate(SampleType.FLOAT32, 2, 1 << 16)) {
      long before = residentFileKilobytes();
      long most = 0;
      for (long read = 0; read < 1L << 27; read += buffer.frames()) {
        assertEquals(buffer.frames(), reader.read(buffer, 0, buffer.frames()));
        most = Math.max(most, residentFileKilobytes() - before);
      }
      assertTrue(most < 100_000, most + " kB of mapped pages");
    }
  }

  private static long residentFileKilobytes() throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(l -> l.startsWith("RssFile:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", ""));
  }

  private static void sparse(Path file, Container container, long frames) throws IOException {
    WriteOptions options = WriteOptions.of(Encoding.F32, 8000, 2);
    byte[] header = Formats.of(container).envelope("sparse", options).header(frames);
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.write(header);
      access.setLength(header.length + frames * 8);
      access.seek(header.length + (frames - 1) * 8);
      ByteBuffer last = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      access.write(last.putFloat(0.25f).putFloat(-0.5f).array());
    }
  }

  private static String ascii(byte[] bytes, int at) {
    return new String(bytes, at, 4, StandardCharsets.US_ASCII);
  }

  private static long number(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(at);
  }
}
