/** C kernels through the foreign function interface, and the backend that runs them. */
module io.github.millrace.simd {
  requires transitive io.github.millrace.core;

  exports io.github.millrace.simd;

  provides io.github.millrace.backend.Backend with
      io.github.millrace.simd.NativeBackend;
  provides io.github.millrace.io.pcm.FrameCodecs with
      io.github.millrace.simd.NativeFrameCodecs;
}
