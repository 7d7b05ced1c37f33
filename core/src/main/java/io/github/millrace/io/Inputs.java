package io.github.millrace.io;

import io.github.millrace.io.bytes.ByteSource;
import io.github.millrace.io.bytes.PositionedSource;
import io.github.millrace.io.bytes.StreamSource;
import io.github.millrace.io.format.Foreign;
import io.github.millrace.io.format.Format;
import io.github.millrace.io.format.Formats;
import io.github.millrace.io.format.PcmReader;
import io.github.millrace.io.format.PlanarReader;
import io.github.millrace.io.format.SampleLayout;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Opens inputs. */
final class Inputs {

  /** Bytes up to and with the word WAVE. */
  private static final int WAVE_START = 12;

  private static final List<String> BEGUN = List.of("RIFF", "RIFX", "RF64", "BW64");

  private Inputs() {}

  static SignalReader open(String name, ReadOptions options) throws IOException {
    ByteSource source = null;
    SignalReader reader = null;
    try {
      source = source(name, options);
      reader = reader(name, source, options);
      return reader;
    } catch (IOException e) {
      throw SignalFileException.of(name, e);
    } finally {
      if (reader == null && source != null) {
        source.close();
      }
    }
  }

  private static ByteSource source(String name, ReadOptions options) throws IOException {
    if (name.equals(SignalFiles.STANDARD_STREAM)) {
      InputStream stdin = options.stdin();
      return new StreamSource(
          "standard input",
          stdin == null
              ? new FileInputStream(FileDescriptor.in).getChannel()
              : Channels.newChannel(stdin));
    }
    Path path = path(name);
    if (Files.isDirectory(path)) {
      throw new SignalFileException(name, "is a folder, expected a file");
    }
    FileChannel channel = FileChannel.open(path);
    return Files.isRegularFile(path)
        ? new PositionedSource(name, channel)
        : new StreamSource(name, channel);
  }

  static Path path(String name) throws SignalFileException {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new SignalFileException(name, "is not a file name: " + e.getReason(), e);
    }
  }

  private static SignalReader reader(String name, ByteSource source, ReadOptions options)
      throws IOException {
    Format format = Formats.of(container(name, source, options));
    SampleLayout layout = format.parse(source, options).withScale(options.scale());
    return layout.planar() ? new PlanarReader(source, layout) : new PcmReader(source, layout);
  }

  private static Container container(String name, ByteSource source, ReadOptions options)
      throws IOException {
    if (options.container() == Container.RAW) {
      return Container.RAW;
    }
    MemorySegment view = source.view(0, Format.MAGIC_BYTES);
    String start = new String(view.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
    Container found = Formats.recognise(start).orElse(null);
    if (found == null && Container.ofFileName(name).orElse(null) == Container.RAW) {
      return Container.RAW;
    }
    if (found == null) {
      throw new SignalFileException(source.name(), unknown(start));
    }
    if (options.container() != null && options.container() != found) {
      throw new SignalFileException(
          source.name(),
          "offset 0, magic: is "
              + found.shortName()
              + ", expected "
              + options.container().shortName());
    }
    return found;
  }

  private static String unknown(String start) {
    if (start.isEmpty()) {
      return "the input is empty, expected WAV, RF64, W64 or .npy";
    }
    for (String magic : BEGUN) {
      boolean begun = start.startsWith(magic) || magic.startsWith(start);
      if (begun && start.length() < WAVE_START) {
        return "ends after " + start.length() + " bytes, expected a WAV header";
      }
    }
    String named = Foreign.named(start).orElse(null);
    if (named != null) {
      return "is " + named + ", which is not read" + Foreign.wayOut();
    }
    String first = start.substring(0, Math.min(WAVE_START, start.length()));
    return "offset 0, magic: starts with '"
        + first.replaceAll("[^ -~]", ".")
        + "', expected WAV, RF64, W64 or .npy";
  }
}
