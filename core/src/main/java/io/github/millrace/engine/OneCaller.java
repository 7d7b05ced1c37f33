package io.github.millrace.engine;

import java.util.concurrent.atomic.AtomicReference;

/** Lets one call in at a time, from whichever thread, and refuses the others by name. */
final class OneCaller {

  private final AtomicReference<Thread> thread = new AtomicReference<>();
  private volatile String call = "";

  /**
   * Begins a call; {@link #leave} ends it.
   *
   * @throws IllegalStateException that names the call under way, and its thread
   */
  void enter(String name) {
    Thread me = Thread.currentThread();
    Thread other = thread.compareAndExchange(null, me);
    if (other != null) {
      throw new IllegalStateException(
          name
              + " was called while "
              + (other.equals(me) ? "this thread" : "thread '" + other.getName() + "'")
              + " is in "
              + call
              + " of the same plan, which takes one call at a time");
    }
    call = name;
  }

  /** Ends the call that this thread began. */
  void leave() {
    thread.setRelease(null);
  }
}
