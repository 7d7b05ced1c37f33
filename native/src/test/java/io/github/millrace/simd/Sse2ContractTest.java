package io.github.millrace.simd;

class Sse2ContractTest extends NativeContract {

  Sse2ContractTest() {
    super("sse2", "sse2");
  }
}
