package io.github.millrace.opencl;

import static org.jocl.CL.CL_MEM_CONTEXT;
import static org.jocl.CL.CL_MEM_COPY_HOST_PTR;
import static org.jocl.CL.CL_MEM_READ_WRITE;
import static org.jocl.CL.CL_MEM_SIZE;
import static org.jocl.CL.clCreateBuffer;
import static org.jocl.CL.clEnqueueReadBuffer;
import static org.jocl.CL.clGetMemObjectInfo;
import static org.jocl.CL.clReleaseMemObject;
import static org.jocl.CL.clRetainMemObject;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_mem;

/**
 * Buffers of OpenCL that came as bare handles. A driver follows a handle without a look, and a
 * wrong one would end the JVM, so that all that can be known of it is asked first: each object of a
 * driver begins with the address of the driver's table of functions, as the loader of drivers wants
 * it.
 */
final class ForeignMemory {

  private ForeignMemory() {}

  /**
   * A buffer of this context, with a reference of its own.
   *
   * @param queue of the context
   * @throws IllegalArgumentException if there is none of so many bytes under this handle
   */
  static cl_mem of(long handle, long bytes, cl_context context, cl_command_queue queue) {
    requireObject(handle, context);
    cl_mem memory = object(handle, context, queue);
    try {
      requireFit(memory, bytes, context);
      clRetainMemObject(memory);
      return memory;
    } catch (CLException e) {
      throw new IllegalArgumentException(text(handle) + " is no buffer: " + e.getMessage(), e);
    }
  }

  private static void requireObject(long handle, cl_context context) {
    long table = word(context.getNativePointer());
    if (handle <= 0 || handle % Long.BYTES != 0 || word(handle) != table) {
      throw new IllegalArgumentException(
          text(handle) + " is no object of this OpenCL driver, expected a cl_mem");
    }
  }

  private static String text(long handle) {
    return "0x" + Long.toHexString(handle);
  }

  /** Eight bytes of this process, or 0 where it has no memory. */
  private static long word(long address) {
    try (RandomAccessFile memory = new RandomAccessFile("/proc/self/mem", "r")) {
      memory.seek(address);
      return Long.reverseBytes(memory.readLong());
    } catch (IOException e) {
      return 0;
    }
  }

  /** JOCL makes objects of handles that a driver writes: one that copies a buffer does. */
  private static cl_mem object(long handle, cl_context context, cl_command_queue queue) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());
    bytes.putLong(0, handle);
    long flags = CL_MEM_READ_WRITE | CL_MEM_COPY_HOST_PTR;
    cl_mem carrier = clCreateBuffer(context, flags, Sizeof.cl_mem, Pointer.to(bytes), null);
    try {
      cl_mem[] object = {new cl_mem()};
      Pointer to = Pointer.to(object);
      clEnqueueReadBuffer(queue, carrier, true, 0, Sizeof.cl_mem, to, 0, null, null);
      return object[0];
    } finally {
      clReleaseMemObject(carrier);
    }
  }

  private static void requireFit(cl_mem memory, long bytes, cl_context context) {
    long[] size = new long[1];
    clGetMemObjectInfo(memory, CL_MEM_SIZE, Sizeof.size_t, Pointer.to(size), null);
    cl_context[] owner = {new cl_context()};
    clGetMemObjectInfo(memory, CL_MEM_CONTEXT, Sizeof.cl_context, Pointer.to(owner), null);
    if (!owner[0].equals(context)) {
      throw new IllegalArgumentException(
          "the buffer is of another OpenCL context, expected the plan's, "
              + text(context.getNativePointer()));
    }
    if (size[0] < bytes) {
      throw new IllegalArgumentException(
          "the buffer has " + size[0] + " bytes, the layout needs " + bytes);
    }
  }
}
