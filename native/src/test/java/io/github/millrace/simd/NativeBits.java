package io.github.millrace.simd;

import io.github.millrace.backend.Backend;
import io.github.millrace.contract.BitsContract;
import java.util.List;
import java.util.Optional;

/** The promises on one variant of the library, as on processors with any cache. */
abstract class NativeBits extends BitsContract {

  private final String variant;
  private final String[] processorFlags;

  NativeBits(String variant, String... processorFlags) {
    this.variant = variant;
    this.processorFlags = processorFlags;
  }

  @Override
  protected Backend backend() {
    return new NativeBackend(NativeLibrary::get, variant, Long.MAX_VALUE);
  }

  /** One that streams whatever it writes. */
  @Override
  protected List<Backend> twins() {
    return List.of(new NativeBackend(NativeLibrary::get, variant, 0));
  }

  @Override
  protected Optional<String> absence() {
    return NativeContract.missing(processorFlags);
  }
}
