package io.github.millrace.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Memory that is used again: by one at a time, and not without bound. */
class PooledMemoryTest {

  private static final long ODD = 37 * 4096L + 11;

  /** Other tests leave pieces. */
  @BeforeEach
  @AfterEach
  void clear() {
    PooledMemory.clear();
  }

  @Test
  void aPieceIsUsedAgainByOneAtATime() {
    PooledMemory first = PooledMemory.take(ODD);
    assertTrue(first.segment().byteSize() >= ODD);
    assertEquals(0, first.segment().address() % 4096);
    PooledMemory second = PooledMemory.take(ODD);
    assertNotEquals(first.segment().address(), second.segment().address());
    first.giveBack();
    assertSame(first, PooledMemory.take(ODD));
    PooledMemory third = PooledMemory.take(ODD);
    assertNotSame(first, third);
    assertNotSame(second, third);
    first.free();
    second.free();
    third.free();
  }

  @Test
  void aPieceServesNoSmallWish() {
    PooledMemory large = PooledMemory.take(4 * ODD);
    large.giveBack();
    PooledMemory small = PooledMemory.take(ODD);
    assertTrue(small.segment().byteSize() < 2 * ODD + 4096);
    small.free();
    assertSame(large, PooledMemory.take(4 * ODD));
    large.free();
  }

  @Test
  void noMoreThanSoMuchIsKept() {
    List<MemorySegment> segments = new ArrayList<>();
    List<PooledMemory> pieces = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      pieces.add(PooledMemory.take(17 << 20));
      segments.add(pieces.getLast().segment());
    }
    pieces.forEach(PooledMemory::giveBack);
    long kept = segments.stream().filter(segment -> segment.scope().isAlive()).count();
    assertEquals(3, kept);
    PooledMemory.clear();
    assertFalse(segments.stream().anyMatch(segment -> segment.scope().isAlive()));
  }
}
