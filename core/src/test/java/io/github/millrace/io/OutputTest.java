package io.github.millrace.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An output appears whole under its name or not at all. */
final class OutputTest {

  private static final byte[] OLD = {1, 2, 3};
  private static final WriteOptions MONO = WriteOptions.of(Encoding.S16, 8000, 1);

  @TempDir Path folder;

  private final SignalBuffer signal = SignalBuffer.allocate(SampleType.FLOAT32, 1, 100_000);

  @AfterEach
  void free() {
    signal.close();
  }

  @Test
  void fileAppearsAtCommit() throws IOException {
    Path target = folder.resolve("a.wav");
    try (SignalWriter writer = SignalFiles.create(target.toString(), MONO)) {
      writer.write(signal, 0, 100_000);
      assertFalse(Files.exists(target));
      String temporary = files().getFirst();
      assertTrue(temporary.matches("\\.a\\.wav\\.millrace-[0-9a-f]+\\.tmp"), temporary);
      writer.commit();
      assertEquals(List.of("a.wav"), files());
    }
    assertEquals(44 + 200_000, Files.size(target) - 36);
  }

  /** Its memory is used again: what came too late would be in another file. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingIsWrittenAfterTheEnd(boolean committed) throws IOException {
    SignalWriter writer = SignalFiles.create(folder.resolve("a.wav").toString(), MONO);
    writer.write(signal, 0, 10);
    if (committed) {
      writer.commit();
    } else {
      writer.close();
    }
    assertThrows(IllegalStateException.class, () -> writer.write(signal, 0, 10));
    IllegalStateException e = assertThrows(IllegalStateException.class, writer::commit);
    assertTrue(e.getMessage().contains("a.wav is committed or closed"), e.getMessage());
    writer.close();
    writer.close();
    assertEquals(committed ? List.of("a.wav") : List.of(), files());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingStaysWithoutCommit(boolean existing) throws IOException {
    Path target = folder.resolve("a.wav");
    if (existing) {
      Files.write(target, OLD);
    }
    try (SignalWriter writer =
        SignalFiles.create(target.toString(), MONO.withOverwrite(existing))) {
      writer.write(signal, 0, 100_000);
    }
    assertEquals(existing ? List.of("a.wav") : List.of(), files());
    if (existing) {
      assertArrayEquals(OLD, Files.readAllBytes(target));
    }
  }

  @Test
  void existingFileIsRefusedAtOnceAndReplacedOnRequest() throws IOException {
    Path target = Files.write(folder.resolve("a.wav"), OLD);
    String message = error(target.toString(), MONO);
    assertEquals(target + ": exists already and overwriting was not asked for", message);
    assertArrayEquals(OLD, Files.readAllBytes(target));
    commit(target.toString(), MONO.withOverwrite(true));
    assertEquals(List.of("a.wav"), files());
    assertEquals('R', Files.readAllBytes(target)[0]);
  }

  @Test
  void fileMadeMeanwhileIsNotReplaced() throws IOException {
    Path target = folder.resolve("a.wav");
    try (SignalWriter writer = SignalFiles.create(target.toString(), MONO)) {
      writer.write(signal, 0, 10);
      Files.write(target, OLD);
      String message = assertThrows(SignalFileException.class, writer::commit).getMessage();
      assertEquals(target + ": exists already and overwriting was not asked for", message);
    }
    assertEquals(List.of("a.wav"), files());
    assertArrayEquals(OLD, Files.readAllBytes(target));
  }

  @Test
  void inputMayBeTheOutput() throws IOException {
    String name = folder.resolve("a.wav").toString();
    for (long i = 0; i < signal.frames(); i++) {
      signal.set(0, i, i / 131_072.0);
    }
    commit(name, MONO.withEncoding(Encoding.F32));
    try (SignalReader reader = SignalFiles.open(name, ReadOptions.DEFAULT);
        SignalBuffer block = SignalBuffer.allocate(SampleType.FLOAT32, 1, 1000);
        SignalWriter writer =
            SignalFiles.create(name, WriteOptions.like(reader.info()).withOverwrite(true))) {
      for (long n; (n = reader.read(block, 0, 1000)) > 0; ) {
        writer.write(block, 0, n);
      }
      writer.commit();
    }
    try (SignalReader reader = SignalFiles.open(name, ReadOptions.DEFAULT);
        SignalBuffer all = SignalBuffer.allocate(SampleType.FLOAT32, 1, 100_000)) {
      assertEquals(100_000, reader.read(all, 0, 100_000));
      assertArrayEquals(signal.toFloats(0), all.toFloats(0));
    }
  }

  @Test
  void linkIsKeptAndItsFileReplaced() throws IOException {
    Path target = Files.write(folder.resolve("a.wav"), OLD);
    Path link = Files.createSymbolicLink(folder.resolve("link.wav"), target);
    commit(link.toString(), MONO.withOverwrite(true));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals('R', Files.readAllBytes(target)[0]);
  }

  @Test
  void impossibleOutputsAreNamedBeforeAnythingIsWritten() {
    String wav = folder.resolve("a.wav").toString();
    assertEquals(
        folder.resolve("a.ogg")
            + ": the extension names no known format, expected one of .wav, .wave, .rf64, .w64,"
            + " .npy, .raw, .pcm",
        error(folder.resolve("a.ogg").toString(), MONO));
    assertTrue(error(folder.resolve("wav").toString(), MONO).contains("names no known format"));
    assertTrue(error(folder.toString(), MONO.withContainer(Container.WAV)).contains("is a folder"));
    assertTrue(error(folder.resolve("no/a.wav").toString(), MONO).contains("no folder "));
    assertTrue(error(wav, MONO.withSampleRate(0)).contains("the sample rate is unknown"));
    assertTrue(error(wav, MONO.withSampleRate(0.5)).contains("sample rate is 0.5 Hz"));
    assertTrue(error(wav, MONO.withChannels(65_535)).contains("131070 bytes"));
    assertTrue(
        error(folder.resolve("a.npy").toString(), MONO.withEncoding(Encoding.S24))
            .contains(".npy cannot hold s24, only integers of 1, 2, 4 and 8 bytes"));
    assertTrue(
        error("-", MONO.withContainer(Container.NPY))
            .contains("must start with the number of frames"));
    assertEquals(List.of(), files());
  }

  @Test
  void smallDiskIsSeenBeforeAnythingIsWritten() {
    String message = error(folder.resolve("a.w64").toString(), MONO.withFrames(1L << 55));
    assertTrue(
        message.matches(".*a\\.w64: no space left on device: needs about \\d+\\.\\d MB, .* free"),
        message);
    assertEquals(List.of(), files());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void fullDeviceIsNamed() throws IOException {
    try (SignalWriter writer = SignalFiles.create("/dev/full", MONO.withContainer(Container.RAW))) {
      writer.write(signal, 0, 10);
      String message = assertThrows(SignalFileException.class, writer::commit).getMessage();
      assertEquals("/dev/full: no space left on device", message);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void deviceIsWrittenStraight() throws IOException {
    commit("/dev/null", MONO.withContainer(Container.WAV));
    assertTrue(Files.exists(Path.of("/dev/null")) && !Files.isRegularFile(Path.of("/dev/null")));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void namedPipeIsStreamed() throws Exception {
    String pipe = folder.resolve("pipe").toString();
    assertEquals(0, new ProcessBuilder("mkfifo", pipe).start().waitFor());
    Thread writing =
        Thread.ofPlatform().start(() -> commitUnchecked(pipe, MONO.withContainer(Container.WAV)));
    try (SignalReader reader = SignalFiles.open(pipe, ReadOptions.DEFAULT)) {
      assertFalse(reader.seekable());
      assertThrows(IllegalStateException.class, () -> reader.seek(0));
      assertEquals(-1, reader.info().frames());
      assertEquals(100_000, reader.read(signal, 0, 100_000));
      assertEquals(0, reader.read(signal, 0, 1));
    }
    writing.join();
  }

  @Test
  void longNameFits() throws IOException {
    String name = "\u00e4".repeat(120) + ".wav";
    commit(folder.resolve(name).toString(), MONO);
    assertEquals(List.of(name), files());
  }

  @Test
  void wrongPlanesAndRangesAreRefused() throws IOException {
    try (SignalWriter writer =
        SignalFiles.create(folder.resolve("a.wav").toString(), MONO.withChannels(2))) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> writer.write(signal, 0, 1))
              .getMessage();
      assertEquals("the buffer has 1 planes, the file has 2 channels", message);
    }
    try (SignalWriter writer = SignalFiles.create(folder.resolve("a.wav").toString(), MONO)) {
      assertThrows(IndexOutOfBoundsException.class, () -> writer.write(signal, 1, signal.frames()));
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void terminationRemovesTheTemporaryFile() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath(),
                Unfinished.class.getName(),
                folder.resolve("a.wav").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      assertEquals("writing", output.readLine());
      assertEquals(1, files().size());
      process.destroy();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    } finally {
      process.destroyForcibly();
    }
    assertEquals(List.of(), files());
  }

  /** A program that is stopped while it writes. */
  static final class Unfinished {
    private Unfinished() {}

    public static void main(String[] args) throws Exception {
      try (SignalWriter writer = SignalFiles.create(args[0], MONO)) {
        System.out.println("writing");
        Thread.sleep(TimeUnit.MINUTES.toMillis(2));
        writer.commit();
      }
    }
  }

  private static String classPath() throws URISyntaxException {
    Path tests = Path.of(OutputTest.class.getResource("/golden/io/files.txt").toURI());
    Path classes =
        Path.of(SignalFiles.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return classes + File.pathSeparator + tests.getParent().getParent().getParent();
  }

  private void commit(String name, WriteOptions options) throws IOException {
    try (SignalWriter writer = SignalFiles.create(name, options)) {
      writer.write(signal, 0, signal.frames());
      writer.commit();
    }
  }

  private void commitUnchecked(String name, WriteOptions options) {
    try {
      commit(name, options);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String error(String name, WriteOptions options) {
    return assertThrows(SignalFileException.class, () -> SignalFiles.create(name, options))
        .getMessage();
  }

  private List<String> files() {
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(path -> path.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
