package io.github.millrace.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Truncated, corrupt and absurd headers give one clear line that names offset and field. */
final class HeaderErrorsTest {

  @TempDir Path folder;

  /** A golden file with some bytes replaced, then cut; length 0 keeps all. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          python_s16.wav | 0  | 00000000 | 0  | offset 0, magic: starts with '....(...WAVE', expected WAV
          python_s16.wav | 0  | 664C6143 | 0  | is FLAC, which is not read; decode it on the way in, by sox FILE -t wav - or ffmpeg -i FILE
          python_s16.wav | 0  | 52       | 4  | ends after 4 bytes, expected a WAV header
          python_s16.wav | 16 | 08000000 | 0  | offset 16, chunk size: is 8, expected at least 16
          python_s16.wav | 16 | 00000070 | 0  | offset 16, chunk size: is 1879048192 bytes, the file ends 284 bytes later
          python_s16.wav | 20 | 0600     | 0  | offset 20, fmt format tag: is 0x0006 (A-law), expected 1 (integer) or 3 (floating point); decode it on the way in, by sox
          python_s16.wav | 22 | 0000     | 0  | offset 22, fmt channels: is 0, expected 1 to 65535
          python_s16.wav | 24 | 00000000 | 0  | offset 24, fmt sample rate: is 0 Hz, expected at least 1
          python_s16.wav | 32 | 0000     | 0  | offset 32, fmt block align: is 0 bytes per frame, expected a multiple of 2
          python_s16.wav | 32 | 0300     | 0  | offset 32, fmt block align: is 3 bytes per frame, expected a multiple of 2
          python_s16.wav | 32 | 0A00     | 0  | offset 34, fmt bits per sample: 5 bytes per sample, expected 1 to 4
          python_s16.wav | 34 | 1100     | 0  | offset 34, fmt bits per sample: is 17, expected 1 to 16 in 2 bytes
          python_s16.wav | 36 | 6A756E6B | 0  | offset 304, chunk id: the input ends here: no data chunk
          python_s16.wav | 12 | 64617461 | 0  | offset 16, data size: the data chunk comes before a fmt chunk
          python_s16.wav | 0  | 52       | 42 | offset 36, chunk id: the input ends here: no data chunk
          python_s16.wav | 0  | 52       | 30 | offset 16, chunk size: is 16 bytes, the file ends 10 bytes later
          ffmpeg_s24.wav | 16 | 20000000 | 0  | offset 34, fmt bits per sample: the fmt chunk has 32 bytes, an extensible one has 40
          ffmpeg_s24.wav | 44 | 5500     | 0  | offset 44, fmt sub-format: is 0x0055 (MP3)
          ffmpeg_s24.wav | 46 | FF       | 0  | offset 46, fmt sub-format GUID: ends with ff0000001000800000aa00389b71
          sox_f32.wav    | 32 | 0400     | 0  | offset 34, fmt bits per sample: is 32, expected 1 to 16 in 2 bytes
          ffmpeg_rf64.wav | 16 | 10000000 | 0 | offset 16, chunk size: is 16, expected at least 28 in ds64
          ffmpeg_s24.w64 | 56 | 0000000000000000 | 0 | offset 56, chunk size: is 0 bytes, expected 24 to
          ffmpeg_s24.w64 | 56 | 00000000000000FF | 0 | offset 56, chunk size: is -72057594037927936 bytes, expected 24 to
          ffmpeg_s24.w64 | 40 | 6A | 0 | offset 120, data size: the data chunk comes before a fmt chunk
          ffmpeg_f64.w64 | 152 | 0100000000000000 | 0 | offset 152, data size: is 1 bytes, expected at least 24
          numpy_f32_1_le_C.npy | 6 | 04 | 0 | offset 6, version: is 4, expected 1, 2 or 3
          numpy_s16_1_le_C.npy | 8 | FFFFFF7F | 0 | offset 8, header length: is 2147483647 bytes, expected at most 65536
          numpy_f32_1_le_C.npy | 0 | 93 | 100 | offset 10, header: expected 118 bytes, the input ends after 90
          """)
  void badHeaderIsNamed(String name, int offset, String hex, int length, String expected)
      throws IOException {
    byte[] bytes = GoldenFile.named(name).bytes();
    byte[] patch = HexFormat.of().parseHex(hex);
    System.arraycopy(patch, 0, bytes, offset, patch.length);
    Path file = folder.resolve("x");
    Files.write(file, length == 0 ? bytes : Arrays.copyOf(bytes, length));
    String message = error(file.toString(), ReadOptions.DEFAULT);
    assertTrue(message.startsWith(file + ": " + expected), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "descr"          | "desc"           | expected a type such as 'descr': '<f4'
          '<f4'            | '<c8'            | type is 'c8', expected an integer of 1 to 8 bytes, f4 or f8
          '<f4'            | '|b1'            | type is 'b1', expected an integer of 1 to 8 bytes, f4 or f8
          '<f4'            | '?f4'            | type is '?f4', expected an integer of 1 to 8 bytes, f4 or f8
          'False'          | '0'              | expected 'fortran_order': True or False
          '(65,)'          | '()'             | expected a 'shape' of one or two dimensions
          '(65,)'          | '(5, 13, 1)'     | expected a 'shape' of one or two dimensions
          '(65,)'          | '(-65,)'         | expected a 'shape' of one or two dimensions
          '(65,)'          | '(1, 0)'         | shape has 0 channels beside time, expected 1 to 65535
          '(65,)'          | '(70000, 65536)' | shape has 65536 channels beside time, expected 1 to 65535
          '(65,)'          | '(32, 1000)'     | shape is (32, 1000), and the axis of time is not stated: 0 for 1000 channels of 32 frames, 1 for 32 channels of 1000 frames
          '(65,)'          | '(9, 9)'         | shape is (9, 9), and the axis of time is not stated
          '(65,)'          | '(99999999999999999, 65535)'  | shape has 99999999999999999 frames, more than any file holds
          '(65,)'          | '(9999999999999999999999,)'   | expected a 'shape' of one or two dimensions
          """)
  void badArrayHeaderIsNamed(String from, String to, String expected) throws IOException {
    byte[] bytes = GoldenFile.named("numpy_f32_1_le_C.npy").bytes();
    String text = new String(bytes, 10, 118, StandardCharsets.ISO_8859_1);
    String changed = text.replace(plain(from), plain(to));
    byte[] header = Arrays.copyOf(changed.getBytes(StandardCharsets.ISO_8859_1), 118);
    System.arraycopy(header, 0, bytes, 10, 118);
    Path file = folder.resolve("x.npy");
    Files.write(file, bytes);
    String message = error(file.toString(), ReadOptions.DEFAULT);
    assertTrue(message.startsWith(file + ": offset 10, header: " + expected), message);
  }

  private static String plain(String cell) {
    return cell.startsWith("'<") ? cell : cell.replace("'", "").replace("\"", "");
  }

  @ParameterizedTest
  @CsvSource({
    "664C614300000022, FLAC",
    "4F67675300020000, 'Ogg (Vorbis, Opus or FLAC)'",
    "4944330400000000, MP3",
    "FFFB906400000000, MP3",
    "464F524D0000000041494646, AIFF",
    "464F524D0000000041494643, AIFF-C",
    "6361666600010000, CAF",
    "2E736E6400000018, AU",
    "000000206674797069736F6D, MP4 (AAC or ALAC)",
    "1A45DFA3A3428681, Matroska or WebM",
    "7776706B00000000, WavPack"
  })
  void foreignFormatsAreNamedWithTheWayOut(String start, String expected) throws IOException {
    Path file = Files.write(folder.resolve("x"), Arrays.copyOf(HexFormat.of().parseHex(start), 99));
    assertEquals(
        file
            + ": is "
            + expected
            + ", which is not read; decode it on the way in, by sox FILE -t wav - or ffmpeg -i FILE"
            + " -f wav -, piped into the input -",
        error(file.toString(), ReadOptions.DEFAULT));
  }

  @ParameterizedTest
  @CsvSource({
    "2, Microsoft ADPCM",
    "6, A-law",
    "7, mu-law",
    "0x11, IMA ADPCM",
    "0x31, GSM 6.10",
    "0x55, MP3"
  })
  void codecsAreNamedWithTheWayOut(int tag, String codec) throws IOException {
    byte[] bytes = GoldenFile.named("python_s16.wav").bytes();
    bytes[20] = (byte) tag;
    Path file = Files.write(folder.resolve("x.wav"), bytes);
    String message = error(file.toString(), ReadOptions.DEFAULT);
    assertTrue(message.contains(" (" + codec + "), expected 1 (integer) or 3"), message);
    assertTrue(message.endsWith("ffmpeg -i FILE -f wav -, piped into the input -"), message);
  }

  @Test
  void rawNeedsItsDescription() throws IOException {
    Path file = Files.write(folder.resolve("x.raw"), new byte[10]);
    String message = error(file.toString(), ReadOptions.DEFAULT.withChannels(2));
    assertTrue(message.contains("(missing: encoding, rate)"), message);
    try (SignalReader reader =
        SignalFiles.open(file.toString(), ReadOptions.raw(Encoding.S16, 8000, 2))) {
      assertEquals(2, reader.info().frames());
      assertEquals(
          "[the last 2 bytes are not a whole frame and are left out]",
          reader.info().notes().toString());
    }
  }

  @Test
  void missingFolderAndEmptyInputsAreNamed() throws IOException {
    String missing = folder.resolve("none.wav").toString();
    assertEquals(missing + ": no such file", error(missing, ReadOptions.DEFAULT));
    assertEquals(
        folder + ": is a folder, expected a file", error(folder.toString(), ReadOptions.DEFAULT));
    Path empty = Files.createFile(folder.resolve("empty.wav"));
    assertTrue(error(empty.toString(), ReadOptions.DEFAULT).contains("the input is empty"));
    assertTrue(error("a\0b", ReadOptions.DEFAULT).contains("is not a file name"));
  }

  @Test
  void explicitFormatMustBeTheFiles() throws IOException {
    String wav = GoldenFile.named("python_s16.wav").path().toString();
    String message = error(wav, ReadOptions.DEFAULT.withContainer(Container.NPY));
    assertTrue(message.endsWith("offset 0, magic: is wav, expected npy"), message);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void fileThatShrinksIsAnError(int channels) throws IOException {
    Path file = folder.resolve("shrinks.wav");
    try (SignalBuffer buffer = SignalBuffer.allocate(SampleType.FLOAT32, channels, 100_000)) {
      WriteOptions options = WriteOptions.of(Encoding.F32, 8000, channels);
      try (SignalWriter writer = SignalFiles.create(file.toString(), options)) {
        writer.write(buffer, 0, buffer.frames());
        writer.commit();
      }
      try (SignalReader reader = SignalFiles.open(file.toString(), ReadOptions.DEFAULT)) {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
          access.setLength(100);
        }
        String message =
            assertThrows(SignalFileException.class, () -> reader.read(buffer, 0, 100_000))
                .getMessage();
        assertEquals(file + ": the file shrank while it was read", message);
      }
    }
  }

  private static String error(String name, ReadOptions options) {
    return assertThrows(SignalFileException.class, () -> SignalFiles.open(name, options))
        .getMessage();
  }
}
