/** The kernels of the folder {@code kernels}, as PTX, on CUDA devices. */
module io.github.millrace.cuda {
  requires transitive io.github.millrace.core;

  exports io.github.millrace.cuda;

  provides io.github.millrace.backend.Backend with
      io.github.millrace.cuda.CudaBackend;
}
