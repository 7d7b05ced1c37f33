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
    List<String> notes) {

  /** Copies the lists. */
  public FileFormat {
    Objects.requireNonNull(container, "container");
    Objects.requireNonNull(encoding, "encoding");
    metadata = List.copyOf(metadata);
    notes = List.copyOf(notes);
  }

  /** Length in seconds; NaN where the frames or the rate are unknown. */
  public double seconds() {
    return frames < 0 || sampleRate == 0 ? Double.NaN : frames / sampleRate;
  }
}
