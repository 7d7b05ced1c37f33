package io.github.millrace.io;

import java.util.List;
import java.util.Objects;

/**
 * What the header of an input says.
 *
 * @param container file format
 * @param encoding how samples are stored
 * @param sampleRate frames per second; 0 where unknown (.npy without a given rate)
 * @param channels number of channels, 1 to 65,535
 * @param frames samples per channel; -1 where unknown (a stream)
 * @param channelMask speaker positions as in WAVEFORMATEXTENSIBLE; 0 where not given
 * @param metadata chunks that survive filtering: bext, iXML, LIST and cue, in file order
 * @param scale what the integers are read as
 * @param shape of an array; {@link ArrayShape#FRAMES} in other formats
 * @param notes what was skipped or tolerated while reading the header, one sentence each
 */
public record FileFormat(
    Container container,
    Encoding encoding,
    double sampleRate,
    int channels,
    long frames,
    int channelMask,
    List<Chunk> metadata,
    Scale scale,
    ArrayShape shape,
    List<String> notes) {

  /** Copies the lists. */
  public FileFormat {
    Objects.requireNonNull(container, "container");
    Objects.requireNonNull(encoding, "encoding");
    Objects.requireNonNull(scale, "scale");
    Objects.requireNonNull(shape, "shape");
    metadata = List.copyOf(metadata);
    notes = List.copyOf(notes);
  }

  /** A format of integers in full scale, and of no special shape. */
  public FileFormat(
      Container container,
      Encoding encoding,
      double sampleRate,
      int channels,
      long frames,
      int channelMask,
      List<Chunk> metadata,
      List<String> notes) {
    this(
        container,
        encoding,
        sampleRate,
        channels,
        frames,
        channelMask,
        metadata,
        Scale.FULL,
        ArrayShape.FRAMES,
        notes);
  }

  /** This format with integers read as this. */
  public FileFormat withScale(Scale other) {
    return new FileFormat(
        container,
        encoding,
        sampleRate,
        channels,
        frames,
        channelMask,
        metadata,
        other,
        shape,
        notes);
  }

  /** Length in seconds; NaN where the frames or the rate are unknown. */
  public double seconds() {
    return frames < 0 || sampleRate == 0 ? Double.NaN : frames / sampleRate;
  }
}
