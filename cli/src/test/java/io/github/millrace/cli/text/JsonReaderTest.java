package io.github.millrace.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  @Test
  void whatWasWrittenIsRead() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("text", "quote \" slash \\ line\nbell \u0007 ü");
    value.put("numbers", List.of(1.0, -2.5e-9, 3e20));
    value.put("mixed", Arrays.asList(true, false, null, List.of(), Map.of()));
    assertEquals(value, JsonReader.read(JsonWriter.write(value)));
  }

  @Test
  void escapesAreResolved() {
    assertEquals("a/b\b\f\r\t$1é", JsonReader.read("\"a\\/b\\b\\f\\r\\t$1\\u00e9\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[1,]", "{\"a\" 1}", "01", "\"a", "[1] 2", "nul", "\"\\x\"", "{1: 2}"})
  void whatIsNoJsonIsRefused(String text) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> JsonReader.read(text));
    assertTrue(e.getMessage().startsWith("no JSON: line 1, expected "), e.getMessage());
  }

  @Test
  void depthIsBounded() {
    String deep = "[".repeat(100_000);
    assertThrows(IllegalArgumentException.class, () -> JsonReader.read(deep));
  }
}
