package io.github.millrace.io.format;

import io.github.millrace.io.Container;
import io.github.millrace.io.ReadOptions;
import io.github.millrace.io.SignalFileException;
import io.github.millrace.io.WriteOptions;
import io.github.millrace.io.bytes.ByteSource;
import java.io.IOException;

/** RIFF WAVE, its 64-bit forms RF64 and BW64, and big-endian RIFX, which is only read. */
public final class WavFormat implements Format {

  private final boolean rf64;
  private final long riffLimit;

  /** WAV that becomes RF64 when it grows beyond 4 GiB. */
  public static WavFormat wav() {
    return new WavFormat(false, 0xFFFF_FFFFL);
  }

  /** RF64 from the first byte. */
  public static WavFormat rf64() {
    return new WavFormat(true, 0xFFFF_FFFFL);
  }

  /** As {@link #wav}, but the largest size that RIFF holds is given, for tests of the change. */
  static WavFormat withLimit(long riffLimit) {
    return new WavFormat(false, riffLimit);
  }

  private WavFormat(boolean rf64, long riffLimit) {
    this.rf64 = rf64;
    this.riffLimit = riffLimit;
  }

  @Override
  public boolean recognises(String start) {
    boolean wide = start.startsWith("RF64") || start.startsWith("BW64");
    boolean plain = start.startsWith("RIFF") || start.startsWith("RIFX");
    return (rf64 ? wide : plain) && start.startsWith("WAVE", 8);
  }

  @Override
  public SampleLayout parse(ByteSource source, ReadOptions options) throws IOException {
    return new WavParser(source).parse();
  }

  @Override
  public Envelope envelope(String name, WriteOptions options) throws SignalFileException {
    WaveFormat format = WaveFormat.of(name, options);
    return new WavEnvelope(name, this, format, options);
  }

  /** Whether new files are RF64 from the first byte. */
  boolean always64() {
    return rf64;
  }

  /** Largest RIFF size in bytes. */
  long riffLimit() {
    return riffLimit;
  }

  /** The container that a file's first four characters stand for. */
  static Container container(String id) {
    return id.startsWith("RIF") ? Container.WAV : Container.RF64;
  }
}
