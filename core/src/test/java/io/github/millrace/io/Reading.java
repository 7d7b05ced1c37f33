package io.github.millrace.io;

import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** All that a reader gives. */
final class Reading {

  private static final int MOST_SAMPLES = 200_000;

  private final FileFormat info;
  private final double[] samples;
  private final List<Chunk> chunks;
  private final List<String> notes;

  private Reading(SignalReader reader, double[] samples) {
    info = reader.info();
    this.samples = samples;
    chunks = new ArrayList<>(info.metadata());
    chunks.addAll(reader.lateMetadata());
    notes = reader.notes();
  }

  /** Reads all, in uneven pieces; at most 200,000 samples. */
  static Reading of(String name, ReadOptions options) throws IOException {
    try (SignalReader reader = SignalFiles.open(name, options)) {
      return all(reader);
    }
  }

  private static Reading all(SignalReader reader) throws IOException {
    int channels = reader.info().channels();
    long most = MOST_SAMPLES / channels;
    try (SignalBuffer buffer = SignalBuffer.allocate(SampleType.FLOAT64, channels, most)) {
      long frames = 0;
      int piece = 1;
      for (long n; (n = reader.read(buffer, frames, Math.min(piece, most - frames))) > 0; ) {
        frames += n;
        piece = piece * 3 % 101;
      }
      return new Reading(reader, buffer.slice(0, frames).toInterleavedDoubles());
    }
  }

  FileFormat info() {
    return info;
  }

  /** The notes but for what was assumed of an array's axes. */
  List<String> damage() {
    return notes.stream().filter(note -> !note.contains("no axis is stated")).toList();
  }

  long frames() {
    return samples.length / info.channels();
  }

  double[] samples() {
    return samples.clone();
  }

  /** Those of the header and those behind the samples. */
  List<Chunk> chunks() {
    return chunks;
  }

  List<String> notes() {
    return notes;
  }
}
