package io.github.millrace.plan;

import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.CustomStage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Plans that one-shot calls are through with, for the next call of the same pipeline, format and
 * options: each costs more to make than a short signal to filter. The last eight are kept. Any
 * thread.
 */
final class SparePlans {

  /** Those of this process. */
  static final SparePlans PROCESS = new SparePlans();

  private static final int MOST = 8;

  private final Deque<OneShot> spares = new ArrayDeque<>();

  /** A plan in its reset state, this caller's until it is given back. */
  OneShot take(Pipeline pipeline, StreamFormat in, PlanOptions options) {
    OneShot spare = find(pipeline, in, options);
    return spare == null ? new OneShot(pipeline, options, pipeline.prepare(in, options)) : spare;
  }

  private synchronized OneShot find(Pipeline pipeline, StreamFormat in, PlanOptions options) {
    for (Iterator<OneShot> each = spares.iterator(); each.hasNext(); ) {
      OneShot spare = each.next();
      if (spare.isFor(pipeline, in, options)) {
        each.remove();
        return spare;
      }
    }
    return null;
  }

  /** Takes a plan back; closes it, or another, where there are too many. */
  void give(OneShot spare) {
    OneShot surplus = spare;
    if (!holdsCustomStage(spare.pipeline())) {
      spare.reset();
      surplus = keep(spare);
    }
    if (surplus != null) {
      surplus.close();
    }
  }

  private synchronized OneShot keep(OneShot spare) {
    spares.addFirst(spare);
    return spares.size() > MOST ? spares.removeLast() : null;
  }

  /** How many there are. */
  synchronized int size() {
    return spares.size();
  }

  /** A user's own code may hold what it wants to see closed. */
  private static boolean holdsCustomStage(Pipeline pipeline) {
    return pipeline.stages().stream().anyMatch(CustomStage.class::isInstance);
  }
}
