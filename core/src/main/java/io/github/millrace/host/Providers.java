package io.github.millrace.host;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * What implements a service, as {@link ServiceLoader} finds it. Any thread.
 *
 * <p>A launcher that knows its jars lists it in the system property {@code millrace.providers}, as
 * {@code service=class} and separated by spaces: to look for it opens every jar of the class path,
 * which takes a start some 20 ms.
 */
public final class Providers {

  private static final String LIST = "millrace.providers";

  private Providers() {}

  /** One of each provider. */
  public static <T> List<T> of(Class<T> service) {
    String listed = System.getProperty(LIST);
    if (listed == null) {
      return ServiceLoader.load(service, service.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();
    }
    List<T> providers = new ArrayList<>();
    String prefix = service.getName() + "=";
    for (String entry : listed.split(" ", -1)) {
      if (entry.startsWith(prefix)) {
        providers.add(make(service, entry.substring(prefix.length())));
      }
    }
    return providers;
  }

  private static <T> T make(Class<T> service, String name) {
    try {
      Class<?> found = Class.forName(name, true, service.getClassLoader());
      return service.cast(found.getConstructor().newInstance());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("-D" + LIST + " names " + name + ", which cannot be made", e);
    }
  }
}
