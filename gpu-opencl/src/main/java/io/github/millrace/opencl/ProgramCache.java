package io.github.millrace.opencl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.jocl.CL.CL_PROGRAM_BINARIES;
import static org.jocl.CL.CL_PROGRAM_BINARY_SIZES;
import static org.jocl.CL.clBuildProgram;
import static org.jocl.CL.clCreateProgramWithBinary;
import static org.jocl.CL.clGetProgramInfo;

import io.github.millrace.host.PrivateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_context;
import org.jocl.cl_device_id;
import org.jocl.cl_program;

/**
 * Built programs on disk, each in a file named after what it was built from and begun with a digest
 * of the rest, so that half a file or a damaged one is as good as none. A cache that cannot be read
 * or written costs time and nothing else.
 */
final class ProgramCache {

  private static final int DIGEST_BYTES = 32;

  private final Path folder;

  /** A cache in this folder; null for none. */
  ProgramCache(Path folder) {
    this.folder = folder;
  }

  /** The user's. */
  static ProgramCache ofUser() {
    try {
      return new ProgramCache(PrivateFolder.ofUser("opencl"));
    } catch (IOException e) {
      return new ProgramCache(null);
    }
  }

  /** The name of what is built from these. */
  static String key(String... parts) {
    MessageDigest digest = sha256();
    for (String part : parts) {
      byte[] bytes = part.getBytes(UTF_8);
      digest.update((bytes.length + " ").getBytes(UTF_8));
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** What was written under a name, or nothing. */
  byte[] read(String key) {
    try {
      byte[] file = folder == null ? new byte[0] : Files.readAllBytes(folder.resolve(key));
      if (file.length > DIGEST_BYTES) {
        byte[] content = Arrays.copyOfRange(file, DIGEST_BYTES, file.length);
        if (Arrays.equals(sha256().digest(content), Arrays.copyOf(file, DIGEST_BYTES))) {
          PrivateFolder.mark(folder.resolve(key));
          return content;
        }
      }
    } catch (IOException e) {
      // Not there yet.
    }
    return new byte[0];
  }

  /** Keeps content under a name; readers see all of it or nothing. */
  void write(String key, byte[] content) {
    if (folder == null || content.length == 0) {
      return;
    }
    try {
      byte[] digest = sha256().digest(content);
      byte[] file = Arrays.copyOf(digest, DIGEST_BYTES + content.length);
      System.arraycopy(content, 0, file, DIGEST_BYTES, content.length);
      PrivateFolder.write(folder.resolve(key), file);
    } catch (IOException e) {
      // The next process compiles again.
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A program as its driver keeps it; nothing where it gives none. */
  static byte[] binary(cl_program program) {
    try {
      long[] size = new long[1];
      clGetProgramInfo(program, CL_PROGRAM_BINARY_SIZES, Sizeof.size_t, Pointer.to(size), null);
      byte[] binary = new byte[(int) size[0]];
      Pointer pointers = Pointer.to(Pointer.to(binary));
      clGetProgramInfo(program, CL_PROGRAM_BINARIES, Sizeof.POINTER, pointers, null);
      return binary;
    } catch (CLException e) {
      return new byte[0];
    }
  }

  /** The program that was kept. */
  static cl_program build(cl_context context, ClDevice device, String options, byte[] binary) {
    cl_device_id[] ids = {device.id()};
    long[] sizes = {binary.length};
    byte[][] binaries = {binary};
    cl_program program = clCreateProgramWithBinary(context, 1, ids, sizes, binaries, null, null);
    clBuildProgram(program, 1, ids, options, null, null);
    return program;
  }
}
