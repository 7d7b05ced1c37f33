package io.github.millrace.cli.sweep;

import io.github.millrace.backend.Backend;
import io.github.millrace.bench.Machine;
import io.github.millrace.choice.Backends;
import io.github.millrace.plan.DeviceDescription;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What measurements must have in common to be shown together.
 *
 * @param version version of Millrace
 * @param machine the machine
 * @param code digest of the code of all backends
 * @param devices devices that are measured, each with its driver
 */
public record Origin(String version, Machine machine, String code, List<String> devices) {

  /** Enough of the digest to tell two builds apart. */
  private static final int DIGITS = 16;

  /**
   * That of measurements made now.
   *
   * @param devices that are measured
   * @throws IOException if the code cannot be read
   */
  public static Origin here(String version, List<DeviceDescription> devices) throws IOException {
    return new Origin(version, Machine.here(), digest(), describe(devices));
  }

  /** Devices, each with its driver. */
  public static List<String> describe(List<DeviceDescription> devices) {
    return devices.stream().map(Origin::describe).toList();
  }

  private static String describe(DeviceDescription device) {
    return device.backend() + ":" + device.index() + " " + device.name() + ", " + device.driver();
  }

  /** The fields of a report, in order. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("version", version);
    fields.put("processor", machine.processor());
    fields.put("cores", machine.cores());
    fields.put("system", machine.system());
    fields.put("java", machine.java());
    fields.put("code", code);
    fields.put("devices", devices);
    return fields;
  }

  private static String digest() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Backend backend : Backends.all()) {
        add(digest, home(backend.getClass()));
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The jar, the folder or the module of the run-time image that a class comes from. A class out of
   * an AOT cache has no code source, but its file is still found.
   */
  private static Path home(Class<?> type) throws IOException, URISyntaxException {
    URL file = type.getResource(type.getSimpleName() + ".class");
    if (file.openConnection() instanceof JarURLConnection jar) {
      return Path.of(jar.getJarFileURL().toURI());
    }
    Path home = Path.of(file.toURI());
    for (int level = type.getName().split("\\.").length; level > 0; level--) {
      home = home.getParent();
    }
    return home;
  }

  /** A jar, or every file of a folder of classes or of a module of the run-time image. */
  private static void add(MessageDigest digest, Path code) throws IOException {
    try (Stream<Path> files = Files.walk(code)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        digest.update(Files.readAllBytes(file));
      }
    }
  }
}
