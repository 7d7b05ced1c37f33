package io.github.millrace.bench.gpu;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** What tells figures of one device source from those of another. Any thread. */
public final class KernelHash {

  /** The files of the folder {@code kernels}, in order. */
  static final List<String> FILES =
      List.of(
          "cascade.cl",
          "dft.cl",
          "dialect.h",
          "fft.cl",
          "fir.cl",
          "gain.cl",
          "line.cl",
          "mix.cl",
          "overlap.cl",
          "resample.cl",
          "transform.h");

  private KernelHash() {}

  /** SHA-256 of all files, names included, in hexadecimal. */
  public static String current() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String file : FILES) {
        digest.update(file.getBytes(UTF_8));
        digest.update(bytes(file));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] bytes(String file) {
    try (InputStream in = KernelHash.class.getResourceAsStream("kernels/" + file)) {
      if (in == null) {
        throw new IllegalStateException("the module has no kernel file " + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
