package io.github.millrace.choice;

import io.github.millrace.backend.Backend;
import io.github.millrace.plan.DeviceDescription;
import java.util.List;
import java.util.ServiceLoader;

/** The backends on the module path, in the order in which {@code auto} asks them. Any thread. */
public final class Backends {

  private static final List<Backend> ALL =
      ServiceLoader.load(Backend.class, Backends.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .sorted((a, b) -> Integer.compare(a.rank(), b.rank()))
          .toList();

  private Backends() {}

  /** All backends, present on this machine or not. */
  public static List<Backend> all() {
    return ALL;
  }

  /** All devices of all backends, absent ones with their reasons. */
  public static List<DeviceDescription> devices() {
    return ALL.stream().flatMap(backend -> backend.devices().stream()).toList();
  }
}
