package io.github.millrace.host;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** What parts do with plain fields is seen by who ran the job, whoever did the parts. */
public class CrewStress {

  private CrewStress() {}

  /** Jobs one after another on one crew. */
  @JCStressTest
  @Outcome(id = "1, 13", expect = Expect.ACCEPTABLE, desc = "Every part ran once.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "A part was lost, or not seen.")
  @State
  public static class PartsAreSeen {
    private final Crew.Task task = new Crew(3).task(this::part);

    private int first;
    private int second;
    private int third;

    /** Runs a job of three parts and looks at once. */
    @Actor
    public void caller(II_Result r) {
      task.run(3);
      r.r1 = first;
      r.r2 = second + third;
    }

    private void part(int part, int parts) {
      switch (part) {
        case 0 -> first++;
        case 1 -> second += 11;
        default -> third += parts - 1;
      }
    }
  }

  /** What a part throws reaches the caller, whichever thread it was thrown on. */
  @JCStressTest
  @Outcome(id = "7", expect = Expect.ACCEPTABLE, desc = "Thrown, after all parts.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Lost, or too early.")
  @State
  public static class FailuresAreSeen {
    private final Crew.Task task = new Crew(2).task(this::part);

    private int done;

    /** Runs a job whose second part fails after it has written. */
    @Actor
    public void caller(I_Result r) {
      try {
        task.run(2);
      } catch (IllegalStateException e) {
        r.r1 = done + Integer.parseInt(e.getMessage());
      }
    }

    private void part(int part, int parts) {
      if (part == 1) {
        done = 5;
        throw new IllegalStateException("2");
      }
    }
  }

  /** Two crews that share threads, each with two rounds of its own. */
  @JCStressTest
  @Outcome(id = "22, 22", expect = Expect.ACCEPTABLE, desc = "Every part ran once a round.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "A part was lost, not seen, or ran twice.")
  @State
  public static class TwoCrews {
    private final int[] one = new int[2];
    private final int[] other = new int[2];
    private final Crew.Task ofOne = new Crew(2, Level.HIGH).task((part, _) -> one[part]++);
    private final Crew.Task ofOther = new Crew(2, Level.LOW).task((part, _) -> other[part]++);

    /** Runs a job twice. */
    @Actor
    public void one(II_Result r) {
      ofOne.run(2);
      ofOne.run(2);
      r.r1 = 10 * one[0] + one[1];
    }

    /** Runs another job twice. */
    @Actor
    public void other(II_Result r) {
      ofOther.run(2);
      ofOther.run(2);
      r.r2 = 10 * other[0] + other[1];
    }
  }
}
