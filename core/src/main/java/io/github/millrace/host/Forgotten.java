package io.github.millrace.host;

import java.lang.ref.Cleaner;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A watch over an owner that should be closed: where it was dropped unclosed, what it held is freed
 * some time after by a thread of the JVM, with one warning for each kind of owner. Any thread.
 */
public final class Forgotten {

  private static final Cleaner CLEANER = Cleaner.create();
  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

  private final Action action;
  private final Cleaner.Cleanable cleanable;

  private Forgotten(Object owner, Action action) {
    this.action = action;
    cleanable = CLEANER.register(owner, action);
  }

  /**
   * Watches an owner.
   *
   * @param kind of the owner, for the warning, such as {@code a Plan}
   * @param free frees what the owner held; must not refer to the owner
   */
  public static Forgotten watch(Object owner, String kind, Runnable free) {
    return new Forgotten(owner, new Action(kind, free));
  }

  /** Ends the watch: the owner was closed and has freed what it held. */
  public void dismiss() {
    action.dismissed = true;
    cleanable.clean();
  }

  private static final class Action implements Runnable {
    private final String kind;
    private final Runnable free;
    private volatile boolean dismissed;

    Action(String kind, Runnable free) {
      this.kind = kind;
      this.free = free;
    }

    @Override
    public void run() {
      if (dismissed) {
        return;
      }
      if (TOLD.add(kind)) {
        System.getLogger("io.github.millrace")
            .log(
                System.Logger.Level.WARNING,
                kind + " was dropped without close; what it held is freed now (said once)");
      }
      free.run();
    }
  }
}
