package io.github.millrace.choice;

import io.github.millrace.backend.Backend;
import io.github.millrace.host.Providers;
import io.github.millrace.plan.DeviceDescription;
import java.util.List;

/** The backends on the module path, in the order in which {@code auto} asks them. Any thread. */
public final class Backends {

  private static final List<Backend> ALL =
      Providers.of(Backend.class).stream()
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
