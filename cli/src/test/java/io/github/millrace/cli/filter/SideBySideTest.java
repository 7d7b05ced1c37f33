package io.github.millrace.cli.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs of a batch: who runs beside whom, what ends all, and in which order they talk. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SideBySideTest {

  private static final int PATIENCE_SECONDS = 30;
  private static final List<Throwable> CAUSES =
      List.of(new CancellationException("enough"), new AssertionError("broken"));

  private interface Job {
    void run(int number);
  }

  private static SideBySide jobs(int count, List<Integer> longOnes, Job job) {
    return new SideBySide(
        new SideBySide.Jobs() {
          @Override
          public int count() {
            return count;
          }

          @Override
          public boolean isShort(int number) {
            return !longOnes.contains(number);
          }

          @Override
          public void run(int number, boolean isShort) {
            assertEquals(isShort(number), isShort);
            job.run(number);
          }
        });
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Each of three waits until three are there. */
  @Test
  void shortOnesRunBesideEachOther() {
    CyclicBarrier three = new CyclicBarrier(3);
    List<Integer> done = Collections.synchronizedList(new ArrayList<>());
    jobs(
            9,
            List.of(),
            number -> {
              meet(three);
              done.add(number);
            })
        .run(3);
    assertEquals(IntStream.range(0, 9).boxed().toList(), done.stream().sorted().toList());
  }

  @Test
  void aLongOneRunsAloneAndAfterThoseBeforeIt() {
    AtomicInteger running = new AtomicInteger();
    List<Integer> begun = Collections.synchronizedList(new ArrayList<>());
    List<Integer> ended = Collections.synchronizedList(new ArrayList<>());
    jobs(
            40,
            List.of(0, 7, 8, 39),
            number -> {
              begun.add(number);
              running.incrementAndGet();
              if (List.of(0, 7, 8, 39).contains(number)) {
                assertEquals(1, running.get());
                assertEquals(number, ended.size());
                assertEquals(number + 1, begun.size());
              }
              running.decrementAndGet();
              ended.add(number);
            })
        .run(4);
    assertEquals(40, ended.size());
  }

  @Test
  void oneThreadIsTheCallersOwn() {
    List<Integer> done = new ArrayList<>();
    Thread caller = Thread.currentThread();
    jobs(
            5,
            List.of(2),
            number -> {
              assertSame(caller, Thread.currentThread());
              done.add(number);
            })
        .run(1);
    assertEquals(List.of(0, 1, 2, 3, 4), done);
  }

  @Test
  void whatOneThrowsEndsAll() {
    for (Throwable cause : CAUSES) {
      AtomicInteger ended = new AtomicInteger();
      SideBySide jobs =
          jobs(
              9,
              List.of(5),
              number -> {
                if (number == 4) {
                  throwIt(cause);
                }
                ended.incrementAndGet();
              });
      assertSame(cause, assertThrows(cause.getClass(), () -> jobs.run(1)));
      assertEquals(4, ended.get());
    }
  }

  @Test
  void whatAHelperThrowsIsThrownToTheCaller() {
    Thread caller = Thread.currentThread();
    for (Throwable cause : CAUSES) {
      CyclicBarrier both = new CyclicBarrier(2);
      SideBySide jobs =
          jobs(
              2,
              List.of(),
              number -> {
                meet(both);
                if (!Thread.currentThread().equals(caller)) {
                  throwIt(cause);
                }
              });
      assertSame(cause, assertThrows(cause.getClass(), () -> jobs.run(2)));
    }
  }

  private static void throwIt(Throwable cause) {
    switch (cause) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalArgumentException(cause);
    }
  }

  /** The caller has nothing left to do and waits when it is interrupted. */
  @Test
  void anInterruptEndsAll() {
    Thread caller = Thread.currentThread();
    CyclicBarrier both = new CyclicBarrier(2);
    CountDownLatch never = new CountDownLatch(1);
    SideBySide jobs =
        jobs(
            2,
            List.of(),
            number -> {
              meet(both);
              if (!Thread.currentThread().equals(caller)) {
                caller.interrupt();
                awaitInterrupt(never);
              }
            });
    assertThrows(CancellationException.class, () -> jobs.run(2));
    assertTrue(Thread.interrupted());
  }

  /** Whoever waits for a long job to begin does not keep the caller from leaving. */
  @Test
  void anInterruptReachesACallerWhomAnotherWaitsBefore() {
    Thread caller = Thread.currentThread();
    CountDownLatch never = new CountDownLatch(1);
    CyclicBarrier three = new CyclicBarrier(3);
    List<Thread> helpers = Collections.synchronizedList(new ArrayList<>());
    SideBySide jobs =
        jobs(
            6,
            List.of(3),
            number -> {
              if (!Thread.currentThread().equals(caller)) {
                helpers.add(Thread.currentThread());
              }
              meet(three);
              if (Thread.currentThread().equals(caller)) {
                awaitTaking(helpers.getLast());
              } else if (Thread.currentThread().equals(helpers.getFirst())) {
                awaitTaking(caller);
                caller.interrupt();
                awaitInterrupt(never);
              }
            });
    assertThrows(CancellationException.class, () -> jobs.run(3));
    assertTrue(Thread.interrupted());
    assertEquals(2, helpers.size());
  }

  private static void awaitTaking(Thread thread) {
    while (thread.getState() == Thread.State.RUNNABLE
        || Stream.of(thread.getStackTrace()).noneMatch(at -> at.getMethodName().equals("take"))) {
      Thread.onSpinWait();
    }
  }

  /** Job 1 waits for job 0, which fails. */
  @Test
  void nothingBeginsOnceOneHasFailed() {
    for (int round = 0; round < 200; round++) {
      CyclicBarrier both = new CyclicBarrier(2);
      AtomicInteger begun = new AtomicInteger();
      SideBySide jobs =
          jobs(
              3,
              List.of(2),
              number -> {
                begun.incrementAndGet();
                meet(both);
                if (number == 0) {
                  throw new CancellationException("enough");
                }
              });
      assertThrows(CancellationException.class, () -> jobs.run(2));
      assertEquals(2, begun.get());
    }
  }

  private static void awaitInterrupt(CountDownLatch never) {
    try {
      assertFalse(never.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
      throw new IllegalStateException("nobody interrupted it");
    } catch (InterruptedException e) {
      throw new CancellationException("by the caller");
    }
  }

  @Test
  void talkIsInOrderOfTheNumbers() {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    PrintStream to = new PrintStream(heard, true, UTF_8);
    OrderedTalk talk = new OrderedTalk(to, 4);
    PrintStream zero = talk.begin(0, false);
    PrintStream one = talk.begin(1, false);
    PrintStream two = talk.begin(2, false);
    two.print("C");
    one.print("B");
    talk.end(2);
    talk.end(1);
    assertEquals("", heard.toString(UTF_8));
    zero.print("A");
    talk.end(0);
    assertEquals("ABC", heard.toString(UTF_8));
    PrintStream three = talk.begin(3, true);
    three.print("D");
    three.flush();
    assertTrue(heard.toString(UTF_8).endsWith("CD"));
    talk.end(3);
    assertEquals("ABCD", heard.toString(UTF_8));
  }
}
