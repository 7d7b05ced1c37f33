package io.github.millrace.io.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.io.SignalFiles;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program that is told to stop: a file has its name and all of its bytes by then, or never. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PendingFilesTest {

  @TempDir private Path folder;

  @Test
  void aNameThatIsBeingGivenIsGivenBeforeTheEnd() throws Exception {
    assertEquals(List.of("named WAITING"), run("named"));
    assertEquals(List.of("out.wav"), names());
    assertEquals("whole", Files.readString(folder.resolve("out.wav")));
  }

  @Test
  void aFileThatIsGoneGetsNoName() throws Exception {
    String refused = folder.resolve("out.wav") + ": the program is being stopped";
    assertEquals(List.of(refused), run("late"));
    assertEquals(List.of(), names());
  }

  @Test
  void aFileThatIsGoneReplacesNothing() throws Exception {
    Files.writeString(folder.resolve("out.wav"), "precious");
    String refused = folder.resolve("out.wav") + ": the program is being stopped";
    assertEquals(List.of(refused), run("late"));
    assertEquals("precious", Files.readString(folder.resolve("out.wav")));
    assertEquals(List.of("out.wav"), names());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private List<String> run(String what) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String classPath = classes(SignalFiles.class) + File.pathSeparator + classes(getClass());
    String target = folder.resolve("out.wav").toString();
    Process process =
        new ProcessBuilder(java.toString(), "-cp", classPath, Stopped.class.getName(), what, target)
            .redirectErrorStream(true)
            .start();
    List<String> said = process.inputReader().lines().toList();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    return said;
  }

  private static Path classes(Class<?> of) throws Exception {
    URI location = of.getProtectionDomain().getCodeSource().getLocation().toURI();
    return Path.of(location);
  }

  /** Stops itself while it names a file, or when it has written one and not yet named it. */
  static final class Stopped {

    private Stopped() {}

    public static void main(String[] args) throws Exception {
      Path target = Path.of(args[1]);
      TemporaryOutput output = new TemporaryOutput(target, true, 0);
      output.append(ByteBuffer.wrap(new byte[] {'w', 'h', 'o', 'l', 'e'}));
      Thread exit = new Thread(() -> System.exit(0));
      if (args[0].equals("named")) {
        PendingFiles.publish(
            () -> {
              exit.start();
              Thread.State state = removal();
              output.close();
              System.out.println("named " + state);
              return Files.writeString(target, "whole");
            });
      } else {
        // Before the hook of the pending files ends, the program does not.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> commitLate(output)));
        exit.start();
      }
      exit.join();
    }

    private static void commitLate(TemporaryOutput output) {
      try {
        while (!Stopped.isStopping()) {
          Thread.onSpinWait();
        }
        output.commit();
      } catch (IOException e) {
        System.out.println(e.getMessage());
      }
    }

    private static boolean isStopping() {
      try {
        PendingFiles.publish(() -> null);
        return false;
      } catch (IOException e) {
        return true;
      }
    }

    /** What the thread that removes files is at once it is there: waiting, or done. */
    private static Thread.State removal() {
      while (true) {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
          boolean isIt = thread.getClass().getName().endsWith("PendingFiles$Removal");
          if (isIt && thread.getState() != Thread.State.RUNNABLE) {
            return thread.getState();
          }
        }
      }
    }
  }
}
