package io.github.millrace.simd;

import io.github.millrace.io.pcm.FrameCodecs;
import io.github.millrace.io.pcm.FrameDecoder;
import io.github.millrace.io.pcm.FrameEncoder;
import io.github.millrace.io.pcm.StoredFrames;

/** Conversion in C, where the library loads. */
@SuppressWarnings("exports") // to the module that has the service, which alone sees it
public final class NativeFrameCodecs implements FrameCodecs {

  /** Made by the service loader; loads nothing yet. */
  public NativeFrameCodecs() {}

  /** Deferred, so that making the provider loads nothing. */
  private static final class Holder {
    static final NativeLibrary LIBRARY = NativeLibrary.get();
    static final String VARIANT =
        LIBRARY.variant(System.getProperty(NativeLibrary.VARIANT, "")).orElse("");
  }

  /** Deferred further: a file can be opened, and its filter designed, while this is linked. */
  private static final class Linked {
    static final FrameFunctions FUNCTIONS = new FrameFunctions(Holder.LIBRARY, Holder.VARIANT);
  }

  private static FrameFunctions functions() {
    return Linked.FUNCTIONS;
  }

  @Override
  public boolean isPresent() {
    return !Holder.VARIANT.isEmpty();
  }

  @Override
  public void load() {
    functions();
  }

  @Override
  public FrameDecoder decoder(StoredFrames stored) {
    return new NativeFrameCodec(NativeFrameCodecs::functions, stored, false);
  }

  @Override
  public FrameEncoder encoder(StoredFrames stored, boolean dither) {
    return new NativeFrameCodec(NativeFrameCodecs::functions, stored, dither);
  }
}
