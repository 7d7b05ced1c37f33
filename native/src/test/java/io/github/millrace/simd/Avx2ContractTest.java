package io.github.millrace.simd;

class Avx2ContractTest extends NativeContract {

  Avx2ContractTest() {
    super("avx2", "avx2", "fma");
  }
}
