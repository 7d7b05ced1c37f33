package io.github.millrace.cli;

import io.github.millrace.io.Encoding;
import io.github.millrace.io.ReadOptions;
import io.github.millrace.io.SignalFiles;
import io.github.millrace.io.SignalReader;
import io.github.millrace.io.SignalWriter;
import io.github.millrace.io.WriteOptions;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/** Signals for tests: noise written to files, and files read whole. */
final class TestSignal {

  private TestSignal() {}

  /** Noise of an amplitude in [-amplitude, amplitude), [channels][frames]. */
  static double[][] noise(int channels, int frames, double amplitude) {
    Random random = new Random(7);
    double[][] samples = new double[channels][frames];
    for (double[] channel : samples) {
      for (int i = 0; i < frames; i++) {
        channel[i] = amplitude * (2 * random.nextDouble() - 1);
      }
    }
    return samples;
  }

  /** Writes a file whose format its name says. */
  static Path write(Path file, Encoding encoding, double rate, double[][] samples)
      throws IOException {
    WriteOptions options =
        WriteOptions.of(encoding, rate, samples.length).withFrames(samples[0].length);
    try (SignalBuffer buffer = SignalBuffer.ofPlanar(samples);
        SignalWriter writer = SignalFiles.create(file.toString(), options)) {
      writer.write(buffer, 0, buffer.frames());
      writer.commit();
    }
    return file;
  }

  /** Reads a file whole, [channels][frames]. */
  static double[][] read(Path file, ReadOptions options) throws IOException {
    try (SignalReader reader = SignalFiles.open(file.toString(), options)) {
      int channels = reader.info().channels();
      long frames = reader.info().frames();
      try (SignalBuffer buffer = SignalBuffer.allocate(SampleType.FLOAT64, channels, frames)) {
        reader.read(buffer, 0, frames);
        double[][] samples = new double[channels][];
        for (int c = 0; c < channels; c++) {
          samples[c] = buffer.toDoubles(c);
        }
        return samples;
      }
    }
  }

  /** Reads a file whole that needs no options. */
  static double[][] read(Path file) throws IOException {
    return read(file, ReadOptions.DEFAULT);
  }
}
