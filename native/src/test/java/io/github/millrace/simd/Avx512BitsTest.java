package io.github.millrace.simd;

class Avx512BitsTest extends NativeBits {

  Avx512BitsTest() {
    super("avx512", "avx512f", "avx512dq", "avx512bw", "avx512vl");
  }
}
