package io.github.millrace.house;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The launcher, in a small checkout of its own, with a JDK and a Maven that only note their calls.
 */
class LauncherTest {

  @TempDir Path temp;
  private Path checkout;
  private Path jdk;
  private Path source;

  /** What a run of the launcher gave. */
  record Outcome(int exit, String out, String err) {}

  @BeforeEach
  void makeCheckout() throws IOException {
    checkout = temp.resolve("a checkout");
    for (String file : List.of("millrace", "tools/find-jdk.sh")) {
      // The usual folders of JDKs move to where there are none.
      String text = SourceTree.read(SourceTree.ROOT.resolve(file)).text();
      script(checkout.resolve(file), text.replaceAll(" /(usr|opt|Library)/", " /none/$1/"));
    }
    write(checkout.resolve("pom.xml"), "<project/>");
    write(checkout.resolve("cli/pom.xml"), "<project/>");
    source = checkout.resolve("cli/src/main/java/Main.java");
    write(source, "class Main {}");
    jdk = jdk("25.0.3");
    script(
        temp.resolve("bin/mvn"),
        """
        #!/bin/sh
        echo "$JAVA_HOME" >>"$LOG"
        [ -z "${BREAK-}" ] || { echo "broken on purpose"; exit 1; }
        sleep 0.3
        mkdir -p "$ROOT/cli/target/quick/lib"
        : >"$ROOT/cli/target/quick/millrace-cli-1.jar"
        """);
  }

  @Test
  void buildsOnFirstUseOnly() throws Exception {
    Outcome first = run(Map.of(), "filter", "a b.wav", "", "gain:-3dB");
    assertEquals("building Millrace (first use)...\n", first.err());
    assertTrue(first.out().endsWith("<filter><a b.wav><><gain:-3dB>\n"), first.out());
    Outcome second = run(Map.of(), "--version");
    assertEquals("", second.err());
    assertTrue(second.out().endsWith("<--version>\n"), second.out());
    assertEquals(1, builds());
  }

  @Test
  void keepsTheExitCode() throws Exception {
    assertEquals(0, run(Map.of()).exit());
    assertEquals(130, run(Map.of("EXIT", "130")).exit());
  }

  @Test
  void buildsAgainWhenSourcesChange() throws Exception {
    run(Map.of());
    write(source, "class Main { int edited; }");
    assertEquals("building Millrace (sources changed)...\n", run(Map.of()).err());
    Files.delete(source);
    assertEquals("building Millrace (sources changed)...\n", run(Map.of()).err());
    assertEquals("", run(Map.of()).err());
    assertEquals(3, builds());
  }

  @Test
  void runsThroughLinksFromAnyFolder() throws Exception {
    Path link = Files.createSymbolicLink(temp.resolve("absolute"), checkout.resolve("millrace"));
    Path relative = Files.createSymbolicLink(temp.resolve("relative"), Path.of("absolute"));
    for (List<String> command :
        List.of(
            List.of(link.toString()),
            List.of(relative.toString()),
            List.of("./relative"),
            List.of("sh", "relative"))) {
      Outcome outcome = finish(start(Map.of(), temp, command));
      assertEquals(0, outcome.exit(), outcome.err());
      assertTrue(outcome.out().contains(checkout + "/target/dist/millrace.jar"), outcome.out());
    }
    assertEquals(1, builds());
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    List<Process> both = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      both.add(start(Map.of(), checkout, List.of("./millrace")));
    }
    for (Process process : both) {
      assertEquals(0, finish(process).exit());
    }
    assertEquals(1, builds());
    assertFalse(Files.isSymbolicLink(checkout.resolve("target/build.lock")));
  }

  @Test
  void aLockLeftBehindIsTakenOver() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.createDirectory(checkout.resolve("target"));
    Files.createSymbolicLink(
        checkout.resolve("target/build.lock"), Path.of(Long.toString(gone.pid())));
    assertEquals(0, run(Map.of()).exit());
    assertEquals(1, builds());
  }

  @Test
  void aFailedBuildShowsItsLogAndIsTriedAgain() throws Exception {
    Outcome broken = run(Map.of("BREAK", "1"));
    assertEquals(2, broken.exit());
    assertTrue(
        broken.err().contains("broken on purpose\nmillrace: the build failed"), broken.err());
    assertEquals(0, run(Map.of()).exit());
    assertEquals(2, builds());
  }

  @ParameterizedTest
  @CsvSource({
    "17.0.15, false", "25, false", "25.0.2, false", "25.0.3, true", "25.0.3.0.1, true",
    "25.0.10, true", "25.1, true", "26, true", "26-ea, true", "'', false"
  })
  void takesOnlyAJdkThatIsNewEnough(String version, boolean taken) throws Exception {
    Outcome outcome = run(Map.of("JAVA_HOME", jdk(version).toString(), "PATH", temp + "/bin:/bin"));
    assertEquals(taken ? 0 : 2, outcome.exit(), outcome.err());
    if (!taken) {
      assertTrue(outcome.err().startsWith("millrace: no JDK found, version 25.0.3 or later"));
      for (String system : List.of("apt install openjdk", "dnf install java-25", "brew install")) {
        assertTrue(outcome.err().contains(system), outcome.err());
      }
    }
  }

  @Test
  void findsTheJdkOfThePath() throws Exception {
    Path bin = Files.createDirectory(temp.resolve("links"));
    Files.createSymbolicLink(bin.resolve("java"), jdk.resolve("bin/java"));
    Outcome outcome = run(Map.of("JAVA_HOME", "", "PATH", bin + ":" + temp + "/bin:/bin:/usr/bin"));
    assertEquals(0, outcome.exit(), outcome.err());
    assertEquals(jdk.toRealPath().toString(), Files.readString(temp.resolve("log")).strip());
  }

  /** Beside what is preloaded already; not from a path that the linker would cut in two. */
  @Test
  void preloadsTheLibraryThatChainsSignals() throws Exception {
    Path real = Path.of(System.getProperty("java.home"), "lib/libjsig.so");
    assumeTrue(Files.exists(real), "no " + real);
    String print = "#!/bin/sh\necho \"preloaded <$LD_PRELOAD>\"\n";
    Path spaced = jdk("25.0.3");
    Path whole = Files.createDirectories(temp.resolve("jdk"));
    for (String file : List.of("release", "bin/javac")) {
      Files.createDirectories(whole.resolve(file).getParent());
      Files.copy(spaced.resolve(file), whole.resolve(file));
    }
    for (Path home : List.of(spaced, whole)) {
      script(home.resolve("bin/java"), print);
      Files.createDirectories(home.resolve("lib"));
    }
    assertPreloaded("", Map.of("JAVA_HOME", whole.toString()));
    Files.copy(real, whole.resolve("lib/libjsig.so"));
    Files.copy(real, spaced.resolve("lib/libjsig.so"));
    String ours = whole.resolve("lib/libjsig.so").toString();
    assertPreloaded("", Map.of("JAVA_HOME", spaced.toString()));
    assertPreloaded(ours, Map.of("JAVA_HOME", whole.toString()));
    assertPreloaded(
        real + ":" + ours, Map.of("JAVA_HOME", whole.toString(), "LD_PRELOAD", real.toString()));
  }

  private void assertPreloaded(String libraries, Map<String, String> environment) throws Exception {
    Outcome outcome = run(environment);
    assertTrue(outcome.out().endsWith("preloaded <" + libraries + ">\n"), outcome.out());
  }

  @Test
  void saysHowToGetMaven() throws Exception {
    Path bin = Files.createDirectory(temp.resolve("few"));
    for (String command : List.of("find", "mkdir", "ln", "rm", "cat", "readlink")) {
      Files.createSymbolicLink(bin.resolve(command), Path.of("/bin", command));
    }
    Outcome outcome = run(Map.of("PATH", bin.toString()));
    assertEquals(2, outcome.exit());
    assertTrue(outcome.err().startsWith("millrace: no Maven found"), outcome.err());
    for (String system : List.of("apt install maven", "dnf install maven", "brew install maven")) {
      assertTrue(outcome.err().contains(system), outcome.err());
    }
  }

  @Test
  void aCheckoutThatCannotBeWrittenRunsItsBuild() throws Exception {
    Path target = Files.createDirectory(checkout.resolve("target"));
    assertEquals(2, runWithoutWriting(target).exit());
    run(Map.of());
    assertEquals("", runWithoutWriting(target).err());
    write(source, "class Main { int edited; }");
    Outcome stale = runWithoutWriting(target);
    assertEquals(0, stale.exit());
    assertTrue(stale.err().contains("using the build as it is"), stale.err());
    assertEquals(1, builds());
  }

  /** As a user who may read but not write; root may always write, and so becomes someone else. */
  private Outcome runWithoutWriting(Path folder) throws Exception {
    List<String> command = new ArrayList<>(List.of(checkout + "/millrace"));
    if (System.getProperty("user.name").equals("root")) {
      assumeTrue(
          Files.exists(Path.of("/usr/bin/setpriv")), "root cannot change its user: no setpriv");
      command.addAll(0, List.of("setpriv", "--reuid=65534", "--clear-groups"));
    }
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      return finish(start(Map.of(), checkout, command));
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private Outcome run(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(checkout + "/millrace"));
    command.addAll(Arrays.asList(arguments));
    return finish(start(environment, temp, command));
  }

  private Process start(Map<String, String> environment, Path folder, List<String> command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Map<String, String> all = builder.environment();
    all.putAll(
        Map.of(
            "JAVA_HOME", jdk.toString(),
            "HOME", temp.toString(),
            "PATH", temp + "/bin:/bin:/usr/bin",
            "ROOT", checkout.toString(),
            "LOG", temp + "/log"));
    all.putAll(environment);
    return builder.start();
  }

  private static Outcome finish(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    return new Outcome(process.waitFor(), out, err);
  }

  private long builds() throws IOException {
    return Files.readAllLines(temp.resolve("log")).size();
  }

  private Path jdk(String version) throws IOException {
    Path home = temp.resolve("jdk " + version);
    write(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    script(home.resolve("bin/java"), "#!/bin/sh\nprintf '<%s>' \"$@\"; echo\nexit ${EXIT:-0}\n");
    script(home.resolve("bin/javac"), "#!/bin/sh\n");
    return home;
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
