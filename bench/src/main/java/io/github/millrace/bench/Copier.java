package io.github.millrace.bench;

import io.github.millrace.host.Crew;
import io.github.millrace.signal.PlanarLayout;
import java.lang.foreign.MemorySegment;

/**
 * Copies inputs onto their outputs with a number of threads, each a contiguous share: the yardstick
 * of everything that reads and writes memory once. One thread at a time.
 */
public final class Copier implements AutoCloseable {

  /** Shares begin at page boundaries. */
  private static final long PAGE = 4096;

  private final BenchCase bench;
  private final Buffers buffers;
  private final Crew.Task task;
  private final int threads;
  private CopyMethod method = CopyMethod.JAVA;

  /** A copier of buffers, which it closes. */
  Copier(BenchCase bench, Buffers buffers) {
    this.bench = bench;
    this.buffers = buffers;
    threads = bench.options().threadCount();
    task = new Crew(threads).task(this::share);
  }

  /**
   * A copier with buffers of its own, as a case has them.
   *
   * @throws OutOfMemoryError if the memory cannot be had
   */
  public static Copier open(BenchCase bench) {
    return open(bench, Buffers.uncached());
  }

  /** A copier with at most four pairs of buffers, as {@link Rig#openFew} has them. */
  public static Copier openFew(BenchCase bench) {
    return open(bench, Buffers.few(bench));
  }

  /** A copier with buffers of that many bytes or more in all. */
  static Copier open(BenchCase bench, long bytes) {
    PlanarLayout layout = Buffers.layout(bench.format(), bench.frames());
    return new Copier(bench, new Buffers(layout, layout, bytes));
  }

  /** Copies the next input onto its output. */
  public void copy(CopyMethod how) {
    method = how;
    task.run(threads);
    buffers.rotate();
  }

  /**
   * Compares one copy with its original.
   *
   * @throws WrongOutputException if they differ
   */
  public void check(CopyMethod how) {
    MemorySegment from = buffers.in().segment();
    MemorySegment to = buffers.out().segment().asSlice(0, from.byteSize());
    to.fill((byte) 0);
    copy(how);
    requireEqual(bench.describe() + " by " + how.label(), from, to);
  }

  /** Throws where a copy differs from its original. */
  static void requireEqual(String what, MemorySegment from, MemorySegment to) {
    long at = to.mismatch(from);
    if (at >= 0) {
      throw new WrongOutputException(what + ": byte " + at + " differs from the original");
    }
  }

  private void share(int part, int parts) {
    MemorySegment from = buffers.in().segment();
    long begin = border(part, parts, from.byteSize());
    long bytes = border(part + 1, parts, from.byteSize()) - begin;
    if (bytes > 0) {
      method.copy(from.asSlice(begin, bytes), buffers.out().segment().asSlice(begin, bytes));
    }
  }

  private static long border(int part, int parts, long size) {
    return part == parts ? size : size / parts * part / PAGE * PAGE;
  }

  /** Samples of one copy. */
  public long samples() {
    return bench.samples();
  }

  /** Frees everything; closing twice is harmless. */
  @Override
  public void close() {
    buffers.close();
  }
}
