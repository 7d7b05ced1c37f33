package io.github.millrace.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps what the process does about faults and requests to end, while a driver is loaded or
 * compiles. Any thread; nests, and overlaps on several threads.
 *
 * <p>LLVM, which OpenCL drivers are made with, takes the handlers of SIGSEGV and a dozen more
 * signals for itself, each for one use. HotSpot stops its threads by a SIGSEGV: when two meet one
 * at once, the second finds no handler, and the process dies without a word. LLVM's handler of
 * SIGINT would end the process before Java's shutdown hooks run. So each call that may load or
 * compile stands in
 *
 * <pre>{@code
 * try (var _ = SignalDispositions.keep()) { ... }
 * }</pre>
 *
 * <p>A handler of these signals that another thread installs on purpose during the call is put back
 * too. The JDK's {@code libjsig.so}, preloaded by the launcher, closes the gap within the call.
 * Nothing is kept on other systems than Linux, nor where foreign calls are denied to this module.
 */
public final class SignalDispositions {

  /** The end of a call: puts the dispositions back. */
  public interface Kept extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * HUP, INT, QUIT, ILL, TRAP, ABRT, BUS, FPE, USR1, SEGV, USR2, PIPE, TERM, XCPU, XFSZ, SYS: all
   * that LLVM takes, all that HotSpot holds from its start. None of those that the JDK takes at
   * some first use, perhaps on another thread meanwhile: CHLD for processes, PROF for recordings, a
   * real-time signal for files.
   */
  private static final int[] SIGNALS = {1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 15, 24, 25, 31};

  /** Of {@code struct sigaction}, never looked into: 152 in glibc and musl on 64 bits. */
  private static final long STRUCT_BYTES = 512;

  /** Between two times that a watching thread puts all back, which takes it a few us. */
  private static final long WATCH_NANOS = 50_000;

  private static final MethodHandle SIGACTION = sigaction();
  private static final MemorySegment SAVED =
      Arena.global().allocate(STRUCT_BYTES * SIGNALS.length, 16);

  private static int depth;
  private static boolean watched;

  private SignalDispositions() {}

  /** Begins a call after which all dispositions are as before it. */
  public static Kept keep() {
    begin();
    return SignalDispositions::end;
  }

  /**
   * Begins a call that loads a library, perhaps for a quarter of a second: a thread puts the
   * dispositions back again and again meanwhile, so that a stop of all threads within the call has
   * only a small gap to fall into.
   */
  public static Kept keepWatched() {
    begin();
    watch();
    return SignalDispositions::end;
  }

  private static synchronized void begin() {
    if (depth++ == 0 && SIGACTION != null) {
      for (int i = 0; i < SIGNALS.length; i++) {
        sigaction(SIGNALS[i], MemorySegment.NULL, saved(i));
      }
    }
  }

  private static synchronized void end() {
    depth--;
    putBack();
  }

  private static synchronized void watch() {
    if (!watched && SIGACTION != null) {
      watched = true;
      Thread.ofPlatform()
          .daemon()
          .name("millrace-signal-dispositions")
          .start(
              () -> {
                while (goesOn()) {
                  LockSupport.parkNanos(WATCH_NANOS);
                }
              });
    }
  }

  private static synchronized boolean goesOn() {
    if (depth == 0) {
      watched = false;
    } else {
      putBack();
    }
    return watched;
  }

  private static void putBack() {
    for (int i = 0; i < SIGNALS.length && SIGACTION != null; i++) {
      sigaction(SIGNALS[i], saved(i), MemorySegment.NULL);
    }
  }

  private static MemorySegment saved(int i) {
    return SAVED.asSlice(i * STRUCT_BYTES, STRUCT_BYTES);
  }

  private static void sigaction(int signal, MemorySegment set, MemorySegment get) {
    try {
      int _ = (int) SIGACTION.invokeExact(signal, set, get);
    } catch (Throwable e) {
      throw new IllegalStateException("sigaction was not called: " + e, e);
    }
  }

  @SuppressWarnings("restricted") // POSIX's own function
  private static MethodHandle sigaction() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return null;
    }
    try {
      Linker linker = Linker.nativeLinker();
      FunctionDescriptor type = FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
      return linker
          .defaultLookup()
          .find("sigaction")
          .map(address -> linker.downcallHandle(address, type))
          .orElse(null);
    } catch (IllegalCallerException | UnsupportedOperationException e) {
      return null;
    }
  }
}
