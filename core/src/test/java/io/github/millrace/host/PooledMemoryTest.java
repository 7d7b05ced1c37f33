package io.github.millrace.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
  void aPieceIsGivenBackOnce() {
    PooledMemory piece = PooledMemory.take(ODD);
    piece.giveBack();
    assertThrows(IllegalStateException.class, piece::giveBack);
    assertSame(piece, PooledMemory.take(ODD));
    assertNotSame(piece, PooledMemory.take(ODD));
    piece.free();
  }

  private static List<Boolean> alive(List<MemorySegment> segments) {
    return segments.stream().map(segment -> segment.scope().isAlive()).toList();
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

  /** A pool that is full of one size goes on to serve others. */
  @Test
  void noMoreThanSoMuchIsKeptAndTheOldestLeave() {
    List<MemorySegment> segments = new ArrayList<>();
    List<PooledMemory> pieces = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      pieces.add(PooledMemory.take(17 << 20));
      segments.add(pieces.getLast().segment());
    }
    pieces.forEach(PooledMemory::giveBack);
    assertEquals(List.of(false, false, true, true, true), alive(segments));
    List<PooledMemory> small = List.of(PooledMemory.take(8 << 20), PooledMemory.take(8 << 20));
    small.forEach(PooledMemory::giveBack);
    assertEquals(List.of(false, false, false, true, true), alive(segments));
    assertSame(small.getFirst(), PooledMemory.take(8 << 20));
    small.getFirst().free();
    PooledMemory.clear();
    assertFalse(segments.stream().anyMatch(segment -> segment.scope().isAlive()));
  }

  @Test
  void onceItHasLeftThePoolItIsNotGivenBackAgain() {
    PooledMemory first = PooledMemory.take(30 << 20);
    PooledMemory second = PooledMemory.take(61 << 20);
    first.giveBack();
    second.giveBack();
    assertEquals(List.of(false, true), alive(List.of(first.segment(), second.segment())));
    assertThrows(IllegalStateException.class, first::giveBack);
    PooledMemory freed = PooledMemory.take(ODD);
    freed.free();
    assertThrows(IllegalStateException.class, freed::giveBack);
  }

  /** A piece too large for the pool drives out no other. */
  @Test
  void whatIsTooLargeIsFreedAlone() {
    PooledMemory small = PooledMemory.take(4 << 20);
    small.giveBack();
    PooledMemory large = PooledMemory.take(96 << 20);
    large.giveBack();
    assertEquals(List.of(true, false), alive(List.of(small.segment(), large.segment())));
    assertSame(small, PooledMemory.take(4 << 20));
    small.free();
  }
}
