package io.github.millrace.contract;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Burns through after so many calls, once each time it is lit. */
final class Fuse {

  /** What a burnt fuse throws: no exception that Millrace knows. */
  static final class Burnt extends RuntimeException {
    private static final long serialVersionUID = 1;

    Burnt() {
      super("the fuse burnt");
    }
  }

  private final AtomicInteger left = new AtomicInteger();

  /** Lets the next call but so many fail. */
  void light(int calls) {
    left.set(calls + 1);
  }

  /** Does something that the fuse does not see. */
  <T> T unlit(Supplier<T> work) {
    int before = left.getAndSet(0);
    try {
      return work.get();
    } finally {
      left.set(before);
    }
  }

  /** A call. */
  void pass() {
    if (left.get() > 0 && left.decrementAndGet() == 0) {
      throw new Burnt();
    }
  }
}
