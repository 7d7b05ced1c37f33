package io.github.millrace.opencl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.jocl.CL.CL_CONTEXT_PLATFORM;
import static org.jocl.CL.CL_PROGRAM_BUILD_LOG;
import static org.jocl.CL.clBuildProgram;
import static org.jocl.CL.clCreateContext;
import static org.jocl.CL.clCreateProgramWithSource;
import static org.jocl.CL.clGetProgramBuildInfo;
import static org.jocl.CL.clReleaseProgram;

import io.github.millrace.gpu.KernelSource;
import io.github.millrace.host.SignalDispositions;
import io.github.millrace.plan.BackendException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;
import org.jocl.cl_program;

/**
 * A device's context and the programs built in it: one for the whole process, so that a second plan
 * builds nothing. Any thread.
 */
final class ClContext {

  private static final Map<Integer, ClContext> OPEN = new ConcurrentHashMap<>();

  private static final Pattern INCLUDE = Pattern.compile("#include \"(\\w+\\.h)\"");

  private final ClDevice device;
  private final cl_context handle;
  private final Map<KernelSource, cl_program> programs = new HashMap<>();

  private ClContext(ClDevice device) {
    this.device = device;
    cl_context_properties properties = new cl_context_properties();
    properties.addProperty(CL_CONTEXT_PLATFORM, device.platform());
    try (var _ = SignalDispositions.keepWatched()) {
      handle = clCreateContext(properties, 1, new cl_device_id[] {device.id()}, null, null, null);
    }
  }

  /** The context of a device. */
  static ClContext of(ClDevice device) {
    return OPEN.computeIfAbsent(device.info().index(), index -> new ClContext(device));
  }

  /** The driver's handle. */
  cl_context handle() {
    return handle;
  }

  /**
   * A program, from this process, the cache on disk, or the compiler.
   *
   * @throws BackendException with the compiler's log
   */
  synchronized cl_program program(KernelSource source) {
    return programs.computeIfAbsent(source, this::load);
  }

  private cl_program load(KernelSource source) {
    try (var _ = SignalDispositions.keepWatched()) {
      return build(source);
    }
  }

  private cl_program build(KernelSource source) {
    String text = text(source.file() + ".cl");
    String options = options(source);
    ProgramCache cache = ProgramCache.ofUser();
    String key = ProgramCache.key(device.identity(), options, text);
    byte[] binary = cache.read(key);
    if (binary.length > 0) {
      try {
        return ProgramCache.build(handle, device, options, binary);
      } catch (CLException e) {
        // Made by a driver that has changed without a new version: built again below.
      }
    }
    cl_program program = compile(source.file(), text, options);
    cache.write(key, ProgramCache.binary(program));
    return program;
  }

  private static String options(KernelSource source) {
    return "-cl-std=CL1.2 -cl-denorms-are-zero " + source.definitions();
  }

  /** A kernel file with what it includes. */
  private static String text(String file) {
    return INCLUDE
        .matcher(resource(file))
        .replaceAll(include -> Matcher.quoteReplacement(resource(include.group(1))));
  }

  private static String resource(String file) {
    try (InputStream in = ClContext.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the module has no kernel file " + file);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private cl_program compile(String file, String text, String options) {
    cl_program program = clCreateProgramWithSource(handle, 1, new String[] {text}, null, null);
    try {
      clBuildProgram(program, 1, new cl_device_id[] {device.id()}, options, null, null);
      return program;
    } catch (CLException e) {
      String error = CL.stringFor_errorCode(e.getStatus());
      String log = log(program);
      clReleaseProgram(program);
      throw new BackendException(
          "OpenCL device "
              + device.info().name()
              + " cannot build "
              + file
              + ".cl: "
              + error
              + "\n"
              + log,
          e);
    }
  }

  private String log(cl_program program) {
    long[] size = new long[1];
    clGetProgramBuildInfo(program, device.id(), CL_PROGRAM_BUILD_LOG, 0, null, size);
    byte[] bytes = new byte[(int) size[0]];
    Pointer to = Pointer.to(bytes);
    clGetProgramBuildInfo(program, device.id(), CL_PROGRAM_BUILD_LOG, bytes.length, to, null);
    return new String(bytes, UTF_8).replace("\0", "").strip();
  }
}
