package io.github.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.run.Turns.Work;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Gain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However few threads there are to be had, every block is carried, once and in order. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class OverlapTest {

  private static final int BLOCKS = 100;

  private final Plan plan =
      Pipeline.of(new Gain(2)).prepare(new StreamFormat(48_000, 1, SampleType.FLOAT64));
  private final List<RunBlock> blocks = new ArrayList<>();

  @BeforeEach
  void takeBlocks() {
    for (int i = 0; i < 3; i++) {
      blocks.add(new RunBlock(plan, 16, false));
    }
  }

  @AfterEach
  void close() {
    blocks.forEach(RunBlock::close);
    plan.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void someThreadsWillDo(int most) {
    Turns turns = new Turns();
    List<Long> carried = Collections.synchronizedList(new ArrayList<>());
    List<Thread> started = new ArrayList<>();
    ThreadFactory factory =
        work -> {
          if (started.size() == most) {
            throw new OutOfMemoryError("unable to create native thread");
          }
          started.add(new Thread(work));
          return started.getLast();
        };
    Overlap.Carrier carrier =
        (number, block) -> {
          if (!turns.await(Work.READ, number)) {
            return false;
          }
          if (number == BLOCKS) {
            turns.end(number);
          } else {
            carried.add(number);
          }
          turns.pass(Work.READ, number);
          return number < BLOCKS;
        };
    assertTrue(new Overlap(turns, blocks, carrier, factory).run());
    assertEquals(LongStream.range(0, BLOCKS).boxed().toList(), carried);
    assertEquals(most, started.size());
  }
}
