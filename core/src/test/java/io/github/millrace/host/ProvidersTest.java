package io.github.millrace.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.backend.Backend;
import io.github.millrace.cpu.JavaBackend;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What implements a service: as the class path says, or as a launcher does. */
class ProvidersTest {

  private static final String LIST = "millrace.providers";
  private final String before = System.getProperty(LIST);

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(LIST);
    } else {
      System.setProperty(LIST, before);
    }
  }

  private static List<String> backends() {
    return Providers.of(Backend.class).stream().map(Backend::name).toList();
  }

  @Test
  void withoutAListTheyAreFound() {
    System.clearProperty(LIST);
    assertTrue(backends().contains("java"));
  }

  @Test
  void aListIsTaken() {
    String java = Backend.class.getName() + "=" + JavaBackend.class.getName();
    System.setProperty(LIST, "other.Service=" + JavaBackend.class.getName() + " " + java);
    assertEquals(List.of("java"), backends());
    System.setProperty(LIST, "");
    assertEquals(List.of(), backends());
  }

  @Test
  void whatCannotBeMadeIsNamed() {
    System.setProperty(LIST, Backend.class.getName() + "=io.github.millrace.Gone");
    Exception e = assertThrows(IllegalStateException.class, ProvidersTest::backends);
    assertTrue(e.getMessage().contains("io.github.millrace.Gone"), e.getMessage());
  }
}
