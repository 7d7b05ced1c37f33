/** The kernels of the folder {@code kernels} on OpenCL devices, through JOCL. */
module io.github.millrace.opencl {
  requires transitive io.github.millrace.core;
  requires jocl;

  exports io.github.millrace.opencl;

  provides io.github.millrace.backend.Backend with
      io.github.millrace.opencl.OpenClBackend;
}
