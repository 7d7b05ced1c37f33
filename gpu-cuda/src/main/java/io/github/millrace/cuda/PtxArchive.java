package io.github.millrace.cuda;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.millrace.gpu.KernelSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The compiled kernels of the jar, made by {@code tools/CompilePtx.java}: one archive a kernel
 * file, one entry a set of constants.
 */
final class PtxArchive {

  /** The entry that holds the compiler's version and the digest of what it compiled. */
  static final String MADE_BY = "made-by";

  private PtxArchive() {}

  /**
   * A kernel file compiled with these constants.
   *
   * @throws IllegalStateException if the jar has none
   */
  static String text(KernelSource source) {
    return entry(source.file(), source.definitions());
  }

  /** What an archive holds under a name. */
  static String entry(String file, String name) {
    try (InputStream in = PtxArchive.class.getResourceAsStream(file + ".zip")) {
      if (in != null) {
        ZipInputStream zip = new ZipInputStream(in);
        for (ZipEntry at = zip.getNextEntry(); at != null; at = zip.getNextEntry()) {
          if (at.getName().equals(name)) {
            return new String(zip.readAllBytes(), US_ASCII);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("the module has no PTX of " + file + " with " + name);
  }
}
