package io.github.millrace.design;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpellingTest {
  private static final List<String> NAMES = List.of("hamming", "hann", "kaiser");

  @Test
  void findsTheNearest() {
    assertEquals(Optional.of("kaiser"), Spelling.nearest("kayser", NAMES));
    assertEquals(Optional.of("hann"), Spelling.nearest("HANNN", NAMES));
    assertEquals(Optional.of("hamming"), Spelling.nearest("amming", NAMES));
    assertEquals(Optional.of("hann"), Spelling.nearest("hann", NAMES));
  }

  @Test
  void offersNothingWhereNothingIsNear() {
    assertEquals(Optional.empty(), Spelling.nearest("xyz", NAMES));
    assertEquals(Optional.empty(), Spelling.nearest("", NAMES));
    assertEquals(Optional.empty(), Spelling.nearest("hann", List.of()));
  }
}
