package io.github.millrace.house;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the check does with its options, in a small checkout whose programs only note their calls.
 */
class CheckTest {

  private static final String REPORT =
      "<testsuite tests=\"3\" failures=\"0\" errors=\"0\" skipped=\"0\" time=\"1\">";

  @TempDir Path temp;
  private Path checkout;

  @BeforeEach
  void makeCheckout() throws IOException {
    checkout = Files.createDirectory(temp.resolve("a checkout"));
    String check = SourceTree.read(SourceTree.ROOT.resolve("check")).text();
    String wanted = "wanted='\n";
    assertTrue(check.contains(wanted));
    script(
        checkout.resolve("check"),
        check.replace(wanted, wanted + "no-such-program lost-package\n"));
    script(
        checkout.resolve("tools/find-jdk.sh"), "find_jdk() { jdk=/a/jdk; }\nfind_maven() { :; }\n");
    for (String file :
        List.of("core/pom.xml", "cli/pom.xml", "core/src/test/java/a/b/OneTest.java")) {
      write(checkout.resolve(file), "");
    }
    write(checkout.resolve("cli/src/test/java/c/TwoTest.java"), "");
    write(checkout.resolve("cli/src/test/java/c/Rig.java"), "");
    script(
        temp.resolve("bin/mvn"),
        """
        #!/bin/sh
        echo "mvn $*" >>"$LOG"
        mkdir -p core/target/surefire-reports
        echo '%s' >core/target/surefire-reports/TEST-a.xml
        exit ${EXIT:-0}
        """
            .formatted(REPORT));
    for (String program : List.of("apt-get", "sudo")) {
      script(temp.resolve("bin").resolve(program), "#!/bin/sh\necho \"${0##*/} $*\" >>\"$LOG\"\n");
    }
    script(temp.resolve("bin/id"), "#!/bin/sh\necho \"$USER_ID\"\n");
    script(checkout.resolve("native/src/test/c/run.sh"), "#!/bin/sh\necho c >>\"$LOG\"\n");
    script(checkout.resolve("millrace"), "#!/bin/sh\necho 'ü.wav: no such file'\n");
  }

  @Test
  void onlyOneTest() throws Exception {
    LauncherTest.Outcome outcome = run(Map.of(), "--only", "core", "OneTest#any");
    assertEquals(0, outcome.exit(), outcome.err());
    String calls = log();
    assertTrue(calls.startsWith("mvn -B -ntp test -pl core -am "), calls);
    assertTrue(calls.contains(" -Dtest=OneTest#any "), calls);
    assertEquals(1, calls.lines().count(), calls);
    assertTrue(outcome.out().contains("\nran: these tests\n"), outcome.out());
    assertTrue(outcome.out().endsWith("Tests run: 3, Failures: 0, Errors: 0, Skipped: 0\n"));
  }

  /** The modules below are built, their tests are not run. */
  @Test
  void onlyTheTestsOfTheModules() throws Exception {
    run(Map.of(), "--only", "cli", "-o");
    assertTrue(log().contains("-pl cli -am ") && log().contains(" -Dtest=c.TwoTest "), log());
    assertTrue(log().endsWith(" -o\n"), log());
    run(Map.of(), "--only", "core,cli");
    assertTrue(log().contains(" -pl core,cli -am "), log());
    assertTrue(
        log().contains(" -Dtest=c.TwoTest,a.b.OneTest ")
            || log().contains(" -Dtest=a.b.OneTest,c.TwoTest "),
        log());
  }

  @Test
  void aFailureIsSaid() throws Exception {
    LauncherTest.Outcome outcome = run(Map.of("EXIT", "1"), "--only", "core");
    assertEquals(1, outcome.exit());
    assertTrue(outcome.out().contains("\nFAILED: mvn test (its log is"), outcome.out());
  }

  @Test
  void longRunsAreTold() throws Exception {
    run(Map.of(), "--long", "--", "--offline");
    assertTrue(log().startsWith("mvn -B -ntp verify -Dmillrace.long=true --offline\nc\n"), log());
  }

  @ParameterizedTest
  @CsvSource({
    "--only, --only names no module",
    "--only --long, --only names no module",
    "--only attic, 'no module ''attic'', expected cli, core'",
    "--lon, unknown option '--lon'"
  })
  void slipsOfThePen(String words, String problem) throws Exception {
    LauncherTest.Outcome outcome = run(Map.of(), words.split(" "));
    assertEquals(1, outcome.exit());
    assertEquals("check: " + problem + "; see ./check --help\n", outcome.err());
    assertFalse(Files.exists(temp.resolve("log")));
  }

  @Test
  void helpNamesEveryOption() throws Exception {
    LauncherTest.Outcome outcome = run(Map.of(), "--help");
    assertEquals(0, outcome.exit());
    for (String option : List.of("--only", "--long", "--install", "--help")) {
      assertTrue(outcome.out().contains("./check " + option), outcome.out());
    }
  }

  @Test
  void nobodyIsAskedForAPasswordUnasked() throws Exception {
    LauncherTest.Outcome outcome = run(Map.of());
    assertTrue(outcome.out().startsWith("missing: lost-package "), outcome.out());
    assertFalse(log().contains("sudo") || log().contains("apt-get"), log());
  }

  @ParameterizedTest
  @CsvSource({
    "0, '', '', apt-get",
    "0, '', --install, apt-get",
    "1000, '', --install, sudo apt-get",
    "1000, true, '', sudo -n apt-get"
  })
  void installsWhereItMay(String user, String ci, String option, String by) throws Exception {
    run(
        Map.of("USER_ID", user, "CI", ci),
        option.isEmpty() ? new String[0] : new String[] {option});
    assertTrue(log().startsWith(by + " update "), log());
    String install = log().lines().skip(1).findFirst().orElseThrow();
    assertTrue(install.startsWith(by + " install ") && install.contains(" lost-package"), log());
    assertEquals(option.isEmpty(), log().contains("mvn "), log());
  }

  private LauncherTest.Outcome run(Map<String, String> environment, String... words)
      throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of(checkout + "/check"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(temp.toFile());
    Map<String, String> all = builder.environment();
    all.putAll(Map.of("PATH", temp + "/bin:/bin:/usr/bin", "LOG", temp + "/log", "CI", ""));
    all.put("USER_ID", "1000");
    all.putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    return new LauncherTest.Outcome(process.waitFor(), out, err);
  }

  private String log() throws IOException {
    return Files.readString(temp.resolve("log"));
  }

  private static void script(Path file, String text) throws IOException {
    write(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
