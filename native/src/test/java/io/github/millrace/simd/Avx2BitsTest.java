package io.github.millrace.simd;

class Avx2BitsTest extends NativeBits {

  Avx2BitsTest() {
    super("avx2", "avx2", "fma");
  }
}
