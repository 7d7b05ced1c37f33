package io.github.millrace.cli.filter;

import io.github.millrace.choice.Backends;
import io.github.millrace.choice.Environment;
import io.github.millrace.choice.Planner;
import io.github.millrace.cli.response.ChainDelay;
import io.github.millrace.cli.response.DesignCheck;
import io.github.millrace.cli.words.StageWord;
import io.github.millrace.design.Sos;
import io.github.millrace.plan.Length;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.SosCascade;
import io.github.millrace.stage.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * The chain of a command, designed and prepared once for all files of one format and about one
 * length, of which a batch has many; the oldest goes where there are too many.
 */
final class PreparedChains implements AutoCloseable {

  /** A plan holds memory. */
  private static final int MOST = 4;

  /** A kind of file. */
  record Key(StreamFormat format, Length length) {}

  /**
   * A chain that is ready.
   *
   * @param key what it was prepared for
   * @param pipeline its stages, lowered for the format
   * @param plan in use by one file at a time
   * @param delay where the output lies in time
   * @param kernels what each step is, in order
   */
  record Prepared(Key key, Pipeline pipeline, Plan plan, ChainDelay delay, List<String> kernels) {}

  private final List<StageWord> words;
  private final PlanOptions options;
  private final RunMessages messages;

  /** The oldest first; too few for a map, whose hash codes take milliseconds at first use. */
  private final List<Prepared> chains = new ArrayList<>();

  /** The chain of these words. */
  PreparedChains(List<StageWord> words, PlanOptions options, RunMessages messages) {
    this.words = words;
    this.options = options;
    this.messages = messages;
  }

  /** The chain for a format, and for runs of a length; warnings are given when it is made. */
  Prepared get(StreamFormat format, Length length) {
    Key key = new Key(format, length);
    for (Prepared known : chains) {
      if (known.key().equals(key)) {
        return known;
      }
    }
    if (chains.size() == MOST) {
      chains.removeFirst().plan().close();
    }
    chains.add(prepare(key));
    return chains.getLast();
  }

  /** Closes a chain whose run failed. */
  void drop(Prepared broken) {
    chains.remove(broken);
    broken.plan().close();
  }

  private Prepared prepare(Key key) {
    List<Stage> stages = StageWord.lower(words, key.format());
    warnOfUnstable(stages);
    DesignCheck.warnings(words, key.format()).forEach(messages::warn);
    Pipeline pipeline = new Pipeline(stages);
    Planner planner = new Planner(Backends.all(), Environment.system(messages::warn));
    Plan plan = planner.prepare(pipeline, key.format(), options.withLength(key.length()));
    List<String> kernels = plan.describe().lines().skip(1).map(String::strip).toList();
    return new Prepared(key, pipeline, plan, ChainDelay.of(stages, key.format()), kernels);
  }

  private void warnOfUnstable(List<Stage> stages) {
    for (int i = 0; i < stages.size(); i++) {
      Sos sections = SosCascade.sectionsOf(stages.get(i)).orElse(null);
      if (sections != null && !sections.isStable()) {
        messages.warn(
            words.get(i).where()
                + "unstable, a pole has radius "
                + sections.maxPoleRadius()
                + "; the output may grow without bound");
      }
    }
  }

  @Override
  public void close() {
    chains.forEach(chain -> chain.plan().close());
    chains.clear();
  }
}
