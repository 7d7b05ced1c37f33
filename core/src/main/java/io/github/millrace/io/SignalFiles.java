package io.github.millrace.io;

import io.github.millrace.io.pcm.FrameCodecs;
import java.io.IOException;

/** Opens and creates signal files of every format in {@link Container}; any thread. */
public final class SignalFiles {

  /** The name of the standard input or output. */
  public static final String STANDARD_STREAM = "-";

  private SignalFiles() {}

  /**
   * Loads what converts samples, for which the first file would wait otherwise: a program that is
   * about to open one may call it from another thread. It changes nothing else.
   */
  public static void load() {
    FrameCodecs codecs = FrameCodecs.present();
    if (codecs != null) {
      codecs.load();
    }
  }

  /**
   * Opens an input at its first frame; the format is recognised by the first bytes.
   *
   * <p>A regular file can seek; {@code -} and a named pipe are streamed. A file whose name ends in
   * {@code .raw} or {@code .pcm} and starts like no known format is raw.
   *
   * @param name path of a file, or {@code -}
   * @param options what the input does not say itself
   * @throws SignalFileException if it cannot be opened, or its header is truncated, corrupt or not
   *     supported; the message names file, offset and field
   */
  public static SignalReader open(String name, ReadOptions options) throws IOException {
    return Inputs.open(name, options);
  }

  /**
   * Starts an output, which appears under its name only when it is committed.
   *
   * <p>A pipe or a device (and {@code -}) is written straight, its header made for the frames that
   * the options expect, or for an unknown length; it is flushed and closed at the end, except for
   * the standard output.
   *
   * @param name path of a file, whose extension selects the format, or {@code -} for WAV
   * @param options what to write
   * @throws SignalFileException if the name's format is unknown or cannot hold what is asked, the
   *     file exists and is to stay, its folder cannot be written, or the disk is too small
   */
  public static SignalWriter create(String name, WriteOptions options) throws IOException {
    return Outputs.create(name, options);
  }
}
