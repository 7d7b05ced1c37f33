package io.github.millrace.cuda;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.millrace.plan.BackendException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Copies and launches that are remembered and then done in one go: as a CUDA graph, which is
 * captured the second time that the same copies and launches come with the same arguments, and
 * launched again from then on. Kernels whose arguments take turns, such as the two halves of a
 * line, come to as many graphs as there are turns.
 */
final class Recording {

  /** Kernels take two turns, and the first chunks of a stream may differ from the rest. */
  private static final int MOST_GRAPHS = 8;

  /** Some hundred launches; what is beyond is launched as it comes. */
  private static final int MOST_WORDS = 1 << 13;

  /** Waits for nothing and forbids nothing to other threads. */
  private static final int THREAD_LOCAL = 1;

  private static final int TO_DEVICE = 0;
  private static final int TO_HOST = 1;
  private static final int LAUNCH = 2;

  private final CudaAccelerator accelerator;
  private final CudaContext context;
  private final CudaDriver driver;
  private final long stream;
  private final long[] words = new long[MOST_WORDS];
  private final long[][] known = new long[MOST_GRAPHS][];
  private final long[] executables = new long[MOST_GRAPHS];
  private int count;
  private int graphs;
  private boolean on;

  /** Nothing is remembered yet; all will be done on this stream. */
  Recording(CudaAccelerator accelerator, CudaContext context, long stream) {
    this.accelerator = accelerator;
    this.context = context;
    driver = context.driver();
    this.stream = stream;
  }

  /** Whether calls are to be remembered. */
  boolean isOn() {
    return on;
  }

  /** From now on they are. */
  void begin() {
    on = true;
    count = 0;
  }

  /** A copy to come. */
  void copyToDevice(long device, long host, long bytes) {
    copy(TO_DEVICE, device, host, bytes);
  }

  /** A copy back to come. */
  void copyToHost(long host, long device, long bytes) {
    copy(TO_HOST, host, device, bytes);
  }

  private void copy(int kind, long to, long from, long bytes) {
    makeRoom(4);
    words[count++] = kind;
    words[count++] = to;
    words[count++] = from;
    words[count++] = bytes;
  }

  /** A launch to come, with so many arguments. */
  void launch(CudaFunction function, int groups, int arguments) {
    makeRoom(4 + arguments);
    words[count++] = LAUNCH;
    words[count++] = function.index();
    words[count++] = groups;
    words[count++] = arguments;
    for (int i = 0; i < arguments; i++) {
      words[count++] = function.value(i);
    }
  }

  private void makeRoom(int more) {
    if (count + more > words.length) {
      context.makeCurrent();
      perform();
      count = 0;
    }
  }

  /** Forgets what was to be remembered. */
  void discard() {
    on = false;
    count = 0;
  }

  /** Does what was remembered, without waiting for the end of it. */
  void run() {
    on = false;
    int graph = find();
    if (graph < 0) {
      learn();
      perform();
      return;
    }
    if (executables[graph] == 0) {
      executables[graph] = capture();
    }
    context.check(driver.launchGraph(executables[graph], stream), "cuGraphLaunch");
  }

  /** The first time is no capture: a driver may still have to load kernels, which waits. */
  private void learn() {
    if (graphs < MOST_GRAPHS) {
      known[graphs++] = Arrays.copyOf(words, count);
    }
  }

  private int find() {
    for (int i = 0; i < graphs; i++) {
      if (Arrays.equals(known[i], 0, known[i].length, words, 0, count)) {
        return i;
      }
    }
    return -1;
  }

  private long capture() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_LONG);
      check(CudaCall.BEGIN_CAPTURE, stream, THREAD_LOCAL);
      try {
        perform();
      } catch (BackendException e) {
        driver.call(CudaCall.END_CAPTURE, stream, out.address());
        destroy(out.get(JAVA_LONG, 0));
        throw e;
      }
      check(CudaCall.END_CAPTURE, stream, out.address());
      long graph = out.get(JAVA_LONG, 0);
      try {
        check(CudaCall.INSTANTIATE, out.address(), graph, 0L);
      } finally {
        destroy(graph);
      }
      return out.get(JAVA_LONG, 0);
    }
  }

  private void check(CudaCall call, Object... arguments) {
    context.check(driver.call(call, arguments), call.symbol.replace("_v2", ""));
  }

  private void destroy(long graph) {
    if (graph != 0) {
      driver.call(CudaCall.CLOSE_GRAPH, graph);
    }
  }

  private void perform() {
    int length;
    for (int at = 0; at < count; at += length) {
      boolean launches = words[at] == LAUNCH;
      length = launches ? 4 + (int) words[at + 3] : 4;
      if (launches) {
        CudaFunction function = accelerator.function((int) words[at + 1]);
        for (int i = 4; i < length; i++) {
          function.number(words[at + i]);
        }
        function.relaunch((int) words[at + 2]);
      } else if (words[at] == TO_DEVICE) {
        int code = driver.copyToDevice(words[at + 1], words[at + 2], words[at + 3], stream);
        context.check(code, "cuMemcpyHtoDAsync");
      } else {
        int code = driver.copyToHost(words[at + 1], words[at + 2], words[at + 3], stream);
        context.check(code, "cuMemcpyDtoHAsync");
      }
    }
  }

  /** Destroys the graphs. */
  void close() {
    for (int i = 0; i < graphs; i++) {
      if (executables[i] != 0) {
        driver.call(CudaCall.CLOSE_EXECUTABLE, executables[i]);
      }
    }
    graphs = 0;
  }
}
