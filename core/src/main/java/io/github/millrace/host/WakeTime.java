package io.github.millrace.host;

/**
 * How long it takes to wake a thread, by what it took. A short time is believed at once; a long one
 * counts little, as a thread may have waited for a core. Where waking seems too dear, nobody is
 * woken and nothing measured any more: so each time that it is not done, what is believed moves
 * towards the shortest time there was, until it is tried again. Any thread; a lost update is no
 * harm.
 */
final class WakeTime {

  /** Before any was measured. */
  private static final long FIRST_NANOS = 30_000;

  /** The most that is believed of a measurement. */
  private static final long LONGEST_NANOS = 200_000;

  private volatile long nanos = FIRST_NANOS;
  private volatile long shortest = FIRST_NANOS;

  /** What is believed, in nanoseconds. */
  long nanos() {
    return nanos;
  }

  /** A thread was woken, and took so long. */
  void took(long measured) {
    long time = Math.clamp(measured, 1, LONGEST_NANOS);
    shortest = Math.min(shortest, time);
    long before = nanos;
    nanos = time < before ? time : before + (time - before) / 8;
  }

  /** Nobody was woken, for the time that it seems to take. */
  void refused() {
    long before = nanos;
    nanos = before - (before - shortest) / 256;
  }
}
