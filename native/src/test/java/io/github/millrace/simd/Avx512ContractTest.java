package io.github.millrace.simd;

class Avx512ContractTest extends NativeContract {

  Avx512ContractTest() {
    super("avx512", "avx512f", "avx512dq", "avx512bw", "avx512vl");
  }
}
