package io.github.millrace.cuda;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;

/** The functions of the driver API that are used; each returns an error code, 0 for none. */
enum CudaCall {
  INIT("cuInit", "i"),
  DRIVER_VERSION("cuDriverGetVersion", "l"),
  ERROR_NAME("cuGetErrorName", "il"),
  ERROR_STRING("cuGetErrorString", "il"),
  DEVICE_COUNT("cuDeviceGetCount", "l"),
  DEVICE("cuDeviceGet", "li"),
  DEVICE_NAME("cuDeviceGetName", "lii"),
  DEVICE_UUID("cuDeviceGetUuid_v2", "li"),
  DEVICE_MEMORY("cuDeviceTotalMem_v2", "li"),
  DEVICE_ATTRIBUTE("cuDeviceGetAttribute", "lii"),
  RETAIN_CONTEXT("cuDevicePrimaryCtxRetain", "li"),
  RELEASE_CONTEXT("cuDevicePrimaryCtxRelease_v2", "i"),
  SET_CONTEXT("cuCtxSetCurrent", "l"),
  LOAD_MODULE("cuModuleLoadDataEx", "llill"),
  FUNCTION("cuModuleGetFunction", "lll"),
  ALLOCATE("cuMemAlloc_v2", "ll"),
  FREE("cuMemFree_v2", "l"),
  ADDRESS_RANGE("cuMemGetAddressRange_v2", "lll"),
  POINTER_ATTRIBUTE("cuPointerGetAttribute", "lil"),
  ALLOCATE_HOST("cuMemHostAlloc", "lli"),
  FREE_HOST("cuMemFreeHost", "l"),
  PIN("cuMemHostRegister_v2", "lli"),
  UNPIN("cuMemHostUnregister", "l"),
  COPY_TO_DEVICE("cuMemcpyHtoDAsync_v2", "llll"),
  COPY_TO_HOST("cuMemcpyDtoHAsync_v2", "llll"),
  COPY("cuMemcpyDtoDAsync_v2", "llll"),
  OPEN_STREAM("cuStreamCreate", "li"),
  CLOSE_STREAM("cuStreamDestroy_v2", "l"),
  SYNCHRONIZE("cuStreamSynchronize", "l"),
  LAUNCH("cuLaunchKernel", "liiiiiiilll"),
  BEGIN_CAPTURE("cuStreamBeginCapture_v2", "li"),
  END_CAPTURE("cuStreamEndCapture", "ll"),
  INSTANTIATE("cuGraphInstantiateWithFlags", "lll"),
  LAUNCH_GRAPH("cuGraphLaunch", "ll"),
  CLOSE_GRAPH("cuGraphDestroy", "l"),
  CLOSE_EXECUTABLE("cuGraphExecDestroy", "l");

  /** The name in the library. */
  final String symbol;

  private final String arguments;

  /**
   * A function.
   *
   * @param arguments a letter each: {@code i} a C int, {@code l} 64 bits, a pointer or a size
   */
  CudaCall(String symbol, String arguments) {
    this.symbol = symbol;
    this.arguments = arguments;
  }

  /** Its C type. */
  FunctionDescriptor type() {
    MemoryLayout[] layouts =
        arguments
            .chars()
            .mapToObj(letter -> letter == 'i' ? ValueLayout.JAVA_INT : ValueLayout.JAVA_LONG)
            .toArray(MemoryLayout[]::new);
    return FunctionDescriptor.of(ValueLayout.JAVA_INT, layouts);
  }
}
