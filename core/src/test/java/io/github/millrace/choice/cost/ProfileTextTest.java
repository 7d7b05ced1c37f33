package io.github.millrace.choice.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTextTest {

  private static final DeviceKey CPU = new DeviceKey("native", "amd64, 2 cores", "C, [a, b]");
  private static final DeviceKey CARD = new DeviceKey("cuda", "Card | 80 GB", "580.1");
  private static final Profile PROFILE =
      new Rows()
          .device(CPU)
          .card(CARD, 3e8, 9_500, 0.0812)
          .step(CPU, StageKind.FIR, 2, new StepCost(cost(1), Optional.empty()))
          .step(CARD, StageKind.CASCADE, 0, new StepCost(cost(2), Optional.of(cost(3))))
          .step(CARD, StageKind.INVERSE_FFT, cost(4))
          .profile();

  @TempDir private Path folder;

  private static PathCost cost(int factor) {
    return new PathCost(120.5 * factor, 0.00125 * factor, 1.5 * factor, 1.25 * factor);
  }

  @Test
  void aProfileIsReadAsItWasWritten() {
    Profile.Reading reading = ProfileText.read(ProfileText.write(PROFILE, "made\nby hand"));
    assertEquals(List.of(), reading.warnings());
    assertEquals(PROFILE, reading.profile());
  }

  @Test
  void peopleCanReadIt() {
    String text = ProfileText.write(PROFILE, "made by hand");
    assertEquals(
        """
        millrace profile 1
        # made by hand
        native | amd64, 2 cores | C, [a, b] | device | start 0 ns, call 0 ns, block 262144 bytes, \
        shared memory
        cuda | Card / 80 GB | 580.1 | device | start 300000000 ns, call 0 ns, block 33554432 bytes, \
        up 9500 ns + 0.0812 ns a byte, down 9500 ns + 0.0812 ns a byte
        """
            .lines()
            .toList(),
        text.lines().limit(4).toList());
    assertTrue(
        text.contains(
            "native | amd64, 2 cores | C, [a, b] | f64 in f64 | fir | 2 threads | "
                + "sequential 120.5 ns + 0.00125 ns a frame + 1.5 ns a tap, 1.25 channels at once\n"),
        text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "millrace profile 2",
        "\u0000\u0001",
        "native | amd64, 2 cores | C | device | start 0 ns, call 0 ns, block 1 bytes, shared memory"
      })
  void anotherVersionIsIgnoredWithAWarning(String first) {
    String rest = ProfileText.write(PROFILE, "x").substring(ProfileText.HEADER.length());
    Profile.Reading reading = ProfileText.read(first + rest);
    assertTrue(reading.profile().isEmpty());
    assertEquals(1, reading.warnings().size());
    String warning = reading.warnings().getFirst();
    assertTrue(warning.contains("expected 'millrace profile 1'"), warning);
    assertTrue(warning.endsWith("run millrace tune again"), warning);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rubbish",
        "a | b | c | d",
        "a | b | c | device | start -1 ns, call 0 ns, block 1 bytes, shared memory",
        "a | b | c | device | start 1 ns, call NaN ns, block 1 bytes, shared memory",
        "a | b | c | device | start 1 ns, call 1 ns, block 1 bytes, up 1 ns + 2 ns a byte",
        "a | b | c | f16 in f32 | fir | any threads | sequential 1 ns + 1 ns a frame + 1 ns a tap,"
            + " 1 channels at once",
        "a | b | c | f32 in f32 | fur | any threads | sequential 1 ns + 1 ns a frame + 1 ns a tap,"
            + " 1 channels at once",
        "a | b | c | f32 in f32 | fir | 1.5 threads | sequential 1 ns + 1 ns a frame + 1 ns a tap,"
            + " 1 channels at once",
        "a | b | c | f32 in f32 | fir | any threads | sequential 1 ns + 1 ns a frame + 1 ns a tap,"
            + " 0.5 channels at once",
        "a | b | c | f32 in f32 | fir | any threads | sequential 1 ns + 1 ns a frame",
        "a | b | c | f32 in f32 | fir | any threads | sequential 1 ns + 1 ns a frame + 1 ns a tap,"
            + " 1 channels at once | parallel soon",
      })
  void aLineThatMakesNoSenseIsIgnoredWithAWarning(String line) {
    Profile.Reading reading =
        ProfileText.read(ProfileText.write(PROFILE, "x") + line + "\n\n# the end\n");
    assertEquals(PROFILE, reading.profile());
    assertEquals(1, reading.warnings().size(), () -> reading.warnings().toString());
    String warning = reading.warnings().getFirst();
    assertTrue(warning.startsWith("line 8 of the profile is ignored: "), warning);
    assertTrue(warning.endsWith("; run millrace tune again"), warning);
  }

  /** Cut anywhere, as by a disk that is full: what is left is read, nothing throws. */
  @Test
  void aTornFileIsReadAsFarAsItGoes() {
    String text = ProfileText.write(PROFILE, "x");
    for (int end = 0; end < text.length(); end++) {
      Profile.Reading reading = ProfileText.read(text.substring(0, end));
      assertTrue(PROFILE.devices().keySet().containsAll(reading.profile().devices().keySet()));
    }
  }

  @Test
  void theFileIsReplacedWhole() throws IOException {
    Path file = folder.resolve("a").resolve("profile");
    assertTrue(ProfileFile.read(file).profile().isEmpty());
    ProfileFile.replace(file, ProfileText.write(PROFILE, "first"));
    assertEquals(PROFILE, ProfileFile.read(file).profile());
    ProfileFile.replace(file, ProfileText.write(Profile.EMPTY, "second"));
    assertEquals(Profile.EMPTY, ProfileFile.read(file).profile());
    try (var files = Files.list(file.getParent())) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void aFileThatCannotBeReadWarns() throws IOException {
    Profile.Reading reading = ProfileFile.read(folder);
    assertTrue(reading.profile().isEmpty());
    assertTrue(reading.warnings().getFirst().contains("cannot be read"));
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertEquals(1, ProfileFile.read(binary).warnings().size());
    assertThrows(IOException.class, () -> ProfileFile.replace(binary.resolve("x"), ""));
  }

  @Test
  void thePathFollowsTheOrderOfAuthority() {
    assertEquals("/p", path(Map.of("millrace.profile", "/p"), Map.of("MILLRACE_PROFILE", "/v")));
    assertEquals("/v", path(Map.of(), Map.of("MILLRACE_PROFILE", "/v", "XDG_CONFIG_HOME", "/x")));
    assertEquals("/x/millrace/profile", path(Map.of(), Map.of("XDG_CONFIG_HOME", "/x")));
    assertEquals("/home/u/.config/millrace/profile", path(Map.of(), Map.of()));
    assertEquals("none", path(Map.of(), Map.of("MILLRACE_PROFILE", "off")));
  }

  private static String path(Map<String, String> properties, Map<String, String> variables) {
    return ProfileFile.path(
            name -> name.equals("user.home") ? "/home/u" : properties.get(name), variables::get)
        .map(Path::toString)
        .orElse("none");
  }
}
