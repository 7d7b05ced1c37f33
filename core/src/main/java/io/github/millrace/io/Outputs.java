package io.github.millrace.io;

import io.github.millrace.io.bytes.OutputFile;
import io.github.millrace.io.bytes.StreamOutput;
import io.github.millrace.io.bytes.TemporaryOutput;
import io.github.millrace.io.format.Envelope;
import io.github.millrace.io.format.Formats;
import io.github.millrace.io.format.PcmWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Creates outputs. */
final class Outputs {

  private Outputs() {}

  static SignalWriter create(String name, WriteOptions options) throws IOException {
    Envelope envelope = Formats.of(container(name, options)).envelope(name, options);
    OutputFile output = null;
    SignalWriter writer = null;
    try {
      output = output(name, envelope, options);
      writer = new PcmWriter(output, envelope, options);
      return writer;
    } catch (ClosedPipeException e) {
      throw e;
    } catch (IOException e) {
      throw SignalFileException.of(name, e);
    } finally {
      if (writer == null && output != null) {
        output.close();
      }
    }
  }

  private static Container container(String name, WriteOptions options) throws SignalFileException {
    if (options.container() != null) {
      return options.container();
    }
    if (name.equals(SignalFiles.STANDARD_STREAM)) {
      return Container.WAV;
    }
    Container container = Container.ofFileName(name).orElse(null);
    if (container == null) {
      throw unknownExtension(name);
    }
    return container;
  }

  private static SignalFileException unknownExtension(String name) {
    String known =
        Arrays.stream(Container.values())
            .flatMap(container -> container.extensions().stream())
            .map(extension -> "." + extension)
            .collect(Collectors.joining(", "));
    return new SignalFileException(
        name, "the extension names no known format, expected one of " + known);
  }

  private static OutputFile output(String name, Envelope envelope, WriteOptions options)
      throws IOException {
    if (name.equals(SignalFiles.STANDARD_STREAM)) {
      return standardOutput(options.stdout());
    }
    Path path = Inputs.path(name);
    if (Files.isDirectory(path)) {
      throw new SignalFileException(name, "is a folder, expected a file");
    }
    if (FileNames.isGarbled(name) && !Files.exists(path)) {
      throw new SignalFileException(name, FileNames.GARBLED);
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
      return new StreamOutput(name, channel);
    }
    return new TemporaryOutput(target(path), options.overwrite(), expectedBytes(envelope, options));
  }

  /** Through a symbolic link the file it points to is made or replaced, not the link. */
  private static Path target(Path path) throws IOException {
    if (Files.exists(path)) {
      return path.toRealPath();
    }
    return Files.isSymbolicLink(path)
        ? path.resolveSibling(Files.readSymbolicLink(path)).normalize()
        : path;
  }

  private static OutputFile standardOutput(OutputStream given) {
    // Others may still write there, so it is never closed.
    return given == null
        ? new StreamOutput(new FileOutputStream(FileDescriptor.out).getChannel(), () -> {})
        : new StreamOutput(Channels.newChannel(given), given::flush);
  }

  private static long expectedBytes(Envelope envelope, WriteOptions options)
      throws SignalFileException {
    if (options.frames() < 0) {
      return 0;
    }
    long frameBytes = (long) options.channels() * options.encoding().bytes();
    return envelope.header(0).length + Math.multiplyExact(options.frames(), frameBytes);
  }
}
