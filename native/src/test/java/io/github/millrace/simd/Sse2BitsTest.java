package io.github.millrace.simd;

class Sse2BitsTest extends NativeBits {

  Sse2BitsTest() {
    super("sse2", "sse2");
  }
}
