package io.github.millrace.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

  @Test
  void values() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("text", "a \"b\" \\ \n\t\u0001 é");
    map.put("list", Arrays.asList(1, 2L, 0.5, 3.0, true, null));
    map.put("empty", List.of());
    map.put("none", Map.of());
    map.put("nan", Double.NaN);
    String expected =
        """
        {
          "text": "a \\"b\\" \\\\ \\n\\t\\u0001 é",
          "list": [
            1,
            2,
            0.5,
            3,
            true,
            null
          ],
          "empty": [],
          "none": {},
          "nan": null
        }
        """;
    assertEquals(expected, JsonWriter.write(map));
  }

  @Test
  void refusesWhatJsonHasNot() {
    assertThrows(IllegalArgumentException.class, () -> JsonWriter.write(new Object()));
  }
}
