package io.github.millrace.cuda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static jcuda.nvptxcompiler.JNvPTXCompiler.nvPTXCompilerCompile;
import static jcuda.nvptxcompiler.JNvPTXCompiler.nvPTXCompilerCreate;
import static jcuda.nvptxcompiler.JNvPTXCompiler.nvPTXCompilerDestroy;
import static jcuda.nvptxcompiler.JNvPTXCompiler.nvPTXCompilerGetErrorLog;
import static jcuda.nvptxcompiler.JNvPTXCompiler.nvPTXCompilerGetErrorLogSize;
import static jcuda.nvptxcompiler.JNvPTXCompiler.nvPTXCompilerGetVersion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import jcuda.nvptxcompiler.nvPTXCompilerHandle;

/** NVIDIA's assembler for PTX of CUDA 12.0, as a library that needs neither driver nor toolkit. */
final class Assembler {

  private Assembler() {}

  /** Why it cannot run here; empty where it must. */
  static Optional<String> absence() {
    String here = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    return here.equals("Linux amd64") ? Optional.empty() : Optional.of("no assembler for " + here);
  }

  /** Loads it from a folder of its own: JCuda would take what lies in the temporary folder. */
  static String version() throws IOException {
    String temporary = System.getProperty("java.io.tmpdir");
    Path folder = Files.createTempDirectory("millrace-ptx");
    System.setProperty("java.io.tmpdir", folder.toString());
    try {
      int[] major = new int[1];
      int[] minor = new int[1];
      nvPTXCompilerGetVersion(major, minor);
      return major[0] + "." + minor[0];
    } finally {
      System.setProperty("java.io.tmpdir", temporary);
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  /** What it has against a text for a target such as {@code sm_75}; empty for nothing. */
  static String complaint(String ptx, String target) {
    nvPTXCompilerHandle handle = new nvPTXCompilerHandle();
    byte[] text = (ptx + "\0").getBytes(UTF_8);
    int code = nvPTXCompilerCreate(handle, text.length - 1, text);
    if (code != 0) {
      return "error " + code + " before it began";
    }
    try {
      code = nvPTXCompilerCompile(handle, 1, new String[] {"--gpu-name=" + target});
      return code == 0 ? "" : "error " + code + ": " + log(handle);
    } finally {
      nvPTXCompilerDestroy(handle);
    }
  }

  private static String log(nvPTXCompilerHandle handle) {
    long[] size = new long[1];
    nvPTXCompilerGetErrorLogSize(handle, size);
    byte[] log = new byte[(int) size[0] + 1];
    nvPTXCompilerGetErrorLog(handle, log);
    return new String(log, UTF_8).replace("\0", "").strip();
  }
}
