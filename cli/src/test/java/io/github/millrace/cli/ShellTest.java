package io.github.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.millrace.io.Encoding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as a shell runs it: pipes that close early, names in other encodings. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ShellTest {

  @TempDir private Path folder;

  @BeforeEach
  void shell() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh");
    double[][] noise = TestSignal.noise(1, 500_000, 0.5);
    TestSignal.write(folder.resolve("in.wav"), Encoding.F32, 48_000, noise);
  }

  /** What a script printed on both streams; it calls the command as {@code run}. */
  private String script(String text) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String run =
        "run() { '"
            + java
            + "' --enable-native-access=ALL-UNNAMED -Dmillrace.opencl=off -Dmillrace.cuda=off"
            + " io.github.millrace.cli.Main \"$@\"; }\n";
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", run + text);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output;
  }

  @Test
  void aReaderThatHasEnoughEndsTheRunQuietly() throws Exception {
    String printed =
        script(
            "{ run filter -q --backend java in.wav - gain:1; echo $? >code; } | head -c 4; echo;"
                + " cat code");
    assertEquals("RIFF\n141\n", printed);
  }

  @Test
  void otherFailuresOfAWriteAreLoud() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full");
    String printed = script("run filter -q --backend java in.wav - gain:1 >/dev/full; echo $?");
    assertEquals("millrace filter: standard output: no space left on device\n2\n", printed);
    String closed = script("run filter -q --backend java in.wav - gain:1 >&-; echo $?");
    assertTrue(closed.startsWith("millrace filter: "), closed);
    assertTrue(closed.endsWith("\n2\n"), closed);
  }

  /** A print stream says nothing of what it could not write. */
  @Test
  void textThatIsNotWrittenIsAFailureToo() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full");
    for (String command :
        new String[] {"info in.wav", "--version", "response butter:low:5k --csv -"}) {
      String printed = script("run " + command + " >/dev/full; echo $?");
      assertEquals("millrace: standard output: no space left on device\n2\n", printed, command);
    }
    assertEquals("file\n", script("{ run info in.wav; } | head -c 4; echo"));
  }

  @Test
  void aNameThatIsNoTextIsToldSo() throws Exception {
    String name = "\"$(printf 'f\\374r.wav')\"";
    String printed =
        script("cp in.wav " + name + "; run filter " + name + " out.wav gain:1; echo $?");
    assertTrue(
        printed.contains("no such file; the name holds bytes that are no text in UTF-8"), printed);
    assertTrue(printed.endsWith("\n2\n"), printed);
    printed = script("run filter in.wav " + name.replace("f\\374", "g\\374") + " gain:1; echo $?");
    assertTrue(printed.contains("the name holds bytes that are no text in UTF-8"), printed);
    assertTrue(printed.endsWith("\n2\n"), printed);
  }

  @Test
  void aNameMayBeginWithADash() throws Exception {
    String printed =
        script(
            "cp in.wav ./-dash.wav; run filter -q --backend java -- -dash.wav -out.wav gain:1;"
                + " echo $?; cmp -- -dash.wav -out.wav; echo $?");
    assertEquals("0\n0\n", printed);
  }
}
