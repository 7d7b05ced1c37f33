package io.github.millrace.io.pcm;

import io.github.millrace.host.Providers;
import java.util.Optional;

/**
 * Makes decoders and encoders that are faster than those in Java and give the same bits; found as
 * {@link Providers} says. Any thread.
 */
public interface FrameCodecs {

  /** Whether it works on this machine; says no, and throws nothing, where a library is missing. */
  boolean isPresent();

  /** Gets ready what the first conversion would wait for, some 20 ms; needed by nobody. */
  void load();

  /** A decoder. */
  FrameDecoder decoder(StoredFrames stored);

  /** An encoder; floats get no dither. */
  FrameEncoder encoder(StoredFrames stored, boolean dither);

  /** The first that works, or null. */
  static FrameCodecs present() {
    return Present.CODECS.orElse(null);
  }

  /** Looked up once. */
  final class Present {
    private static final Optional<FrameCodecs> CODECS =
        Providers.of(FrameCodecs.class).stream().filter(FrameCodecs::isPresent).findFirst();

    private Present() {}
  }
}
