package io.github.millrace.io.pcm;

/** The conversion in Java, for tests of others. */
public final class ReferenceCodec {

  private ReferenceCodec() {}

  public static FrameDecoder decoder(StoredFrames stored) {
    return new JavaFrameDecoder(stored);
  }

  public static FrameEncoder encoder(StoredFrames stored, boolean dither) {
    return new JavaFrameEncoder(stored, dither);
  }
}
