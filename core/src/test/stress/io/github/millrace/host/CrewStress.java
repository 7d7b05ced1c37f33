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
    private static final Crew CREW = new Crew(3);

    private int first;
    private int second;
    private int third;

    /** Runs a job of three parts and looks at once. */
    @Actor
    public void caller(II_Result r) {
      synchronized (CREW) {
        CREW.run(this::part, 3);
      }
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
    private static final Crew CREW = new Crew(2);

    private int done;

    /** Runs a job whose second part fails after it has written. */
    @Actor
    public void caller(I_Result r) {
      synchronized (CREW) {
        try {
          CREW.run(this::part, 2);
        } catch (IllegalStateException e) {
          r.r1 = done + Integer.parseInt(e.getMessage());
        }
      }
    }

    private void part(int part, int parts) {
      if (part == 1) {
        done = 5;
        throw new IllegalStateException("2");
      }
    }
  }

  /** A crew that is closed in the middle of a job finishes it. */
  @JCStressTest
  @Outcome(id = "3", expect = Expect.ACCEPTABLE, desc = "Both parts ran.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "A part was lost.")
  @State
  public static class ClosedInTheMiddle {
    private final Crew crew = new Crew(2);
    private int first;
    private int second;

    /** Runs a job of two parts. */
    @Actor
    public void caller(I_Result r) {
      crew.run(this::part, 2);
      r.r1 = first + second;
    }

    /** Closes the crew. */
    @Actor
    public void closer() {
      crew.close();
    }

    private void part(int part, int parts) {
      if (part == 0) {
        first = 1;
      } else {
        second = parts;
      }
    }
  }
}
