package io.github.millrace.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class ForgottenTest {

  /** Holds what the log says while a test runs. */
  private static final class Heard extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("io.github.millrace");
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    Heard() {
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
    }
  }

  @Test
  void whatIsDroppedIsFreedAndSaidOnce() throws InterruptedException {
    try (Heard heard = new Heard()) {
      CountDownLatch freed = new CountDownLatch(2);
      Forgotten.watch(new Object(), "a dropped thing", freed::countDown);
      Forgotten.watch(new Object(), "a dropped thing", freed::countDown);
      while (freed.getCount() > 0) {
        System.gc();
        Thread.onSpinWait();
      }
      assertEquals(1, heard.lines.stream().filter(s -> s.startsWith("a dropped thing")).count());
    }
  }

  @Test
  void whatWasClosedIsLeftAlone() {
    List<String> freed = new ArrayList<>();
    Object owner = new Object();
    Forgotten forgotten = Forgotten.watch(owner, "a closed thing", () -> freed.add("again"));
    forgotten.dismiss();
    forgotten.dismiss();
    assertTrue(freed.isEmpty());
  }
}
