package io.github.millrace.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.millrace.choice.Planner;
import io.github.millrace.design.Band;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Iir;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Says after each step which signals the process treats otherwise than at its start; then stops all
 * threads so many times while eight of them are busy.
 */
final class DispositionsRun {

  /** CHLD and the last but two, which the JDK takes at the first use of processes and files. */
  private static final Set<Integer> OF_THE_JDK = Set.of(17, 62);

  private static final int RESTORER = 0x4000000;
  private static final int SPINNERS = 8;
  private static final StreamFormat FORMAT = new StreamFormat(48_000, 1, SampleType.FLOAT32);
  private static final Pipeline CHAIN = Pipeline.of(Iir.butterworth(4, Band.low(6_000)));

  @SuppressWarnings("restricted")
  private static final MethodHandle SIGACTION =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("sigaction"),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));

  private static volatile boolean stop;

  private DispositionsRun() {}

  /** Prints a line for each step; the word is the number of safepoints. */
  public static void main(String... words) throws Throwable {
    int safepoints = Integer.parseInt(words[0]);
    Map<Integer, String> start = dispositions();
    new OpenClBackend().devices().forEach(device -> System.out.println("device: " + device));
    tell("discovery", start);
    PlanOptions options = PlanOptions.DEFAULTS.withBackend("opencl");
    Planner planner = new Planner(List.of(new OpenClBackend()));
    try (Plan plan = planner.prepare(CHAIN, FORMAT, options);
        SignalBuffer signal = SignalBuffer.allocate(FORMAT, 100_000)) {
      tell("build", start);
      plan.forward(signal, signal);
      tell("first run", start);
      plan.forward(signal, signal);
      tell("second run", start);
    }
    tell("close", start);
    stopThreads(safepoints);
    tell("safepoints", start);
  }

  private static void tell(String step, Map<Integer, String> start) throws Throwable {
    Map<Integer, String> changed = dispositions();
    changed.entrySet().removeAll(start.entrySet());
    changed.keySet().removeAll(OF_THE_JDK);
    System.out.println(step + ": changed " + changed.keySet());
  }

  /**
   * Handler and flags of each signal, as Linux on 64 bits lays them out; without the flag that the
   * C library adds to whatever is set.
   */
  private static Map<Integer, String> dispositions() throws Throwable {
    Map<Integer, String> found = new TreeMap<>();
    try (Arena arena = Arena.ofConfined()) {
      for (int signal = 1; signal <= 64; signal++) {
        MemorySegment action = arena.allocate(512, 16);
        if ((int) SIGACTION.invokeExact(signal, MemorySegment.NULL, action) == 0) {
          found.put(
              signal, action.get(JAVA_LONG, 0) + " " + (action.get(JAVA_INT, 136) & ~RESTORER));
        }
      }
    }
    return found;
  }

  /** Each stack trace of all threads is a safepoint; loops meet it by reading a guarded page. */
  private static void stopThreads(int times) throws InterruptedException {
    List<Thread> spinners = new ArrayList<>();
    for (int i = 0; i < SPINNERS; i++) {
      spinners.add(Thread.ofPlatform().daemon().start(DispositionsRun::spin));
    }
    for (int i = 0; i < times; i++) {
      Thread.getAllStackTraces();
    }
    stop = true;
    for (Thread spinner : spinners) {
      spinner.join();
    }
  }

  /** Gives way now and then, lest eight of them on two cores make a safepoint take 40 ms. */
  @SuppressWarnings("ThreadPriorityCheck") // for speed alone
  private static void spin() {
    long value = 1;
    while (!stop && value != 0) {
      for (int i = 0; i < 10_000; i++) {
        value = value * 31 + i | 1;
      }
      Thread.yield();
    }
  }
}
