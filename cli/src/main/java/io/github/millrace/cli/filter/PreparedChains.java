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
import java.util.function.Consumer;

/**
 * The chain of a command, designed and prepared once for all files of one format and about one
 * length, of which a batch has many; as many of a kind as are in use at a time. Any thread.
 */
final class PreparedChains implements AutoCloseable {

  /** Chains that wait to be used again, and one for each core: a plan holds memory. */
  private static final int MOST = 3 + Runtime.getRuntime().availableProcessors();

  /** A kind of file. */
  record Key(StreamFormat format, Length length) {}

  /**
   * A chain that is ready.
   *
   * @param key what it was prepared for
   * @param pipeline its stages, lowered for the format
   * @param plan in use by the file that took it
   * @param delay where the output lies in time
   * @param kernels what each step is, in order
   */
  record Prepared(Key key, Pipeline pipeline, Plan plan, ChainDelay delay, List<String> kernels) {}

  private final List<StageWord> words;
  private final PlanOptions options;

  /** The oldest first; too few for a map, whose hash codes take milliseconds at first use. */
  private final List<Prepared> idle = new ArrayList<>();

  private final List<String> said = new ArrayList<>();

  /** The chain of these words. */
  PreparedChains(List<StageWord> words, PlanOptions options) {
    this.words = words;
    this.options = options;
  }

  /**
   * A chain for a format and for runs of a length, until it is {@linkplain #giveBack given back}.
   *
   * @param messages takes warnings that nobody was given yet
   */
  Prepared take(StreamFormat format, Length length, RunMessages messages) {
    Key key = new Key(format, length);
    Prepared known = takeIdle(key);
    return known == null ? prepare(key, messages) : known;
  }

  private synchronized Prepared takeIdle(Key key) {
    for (Prepared chain : idle) {
      if (chain.key().equals(key)) {
        idle.remove(chain);
        return chain;
      }
    }
    return null;
  }

  /** Keeps a chain for the next file, or closes it where its run failed or there are too many. */
  void giveBack(Prepared chain, boolean sound) {
    Prepared leaving = sound ? keep(chain) : chain;
    if (leaving != null) {
      leaving.plan().close();
    }
  }

  private synchronized Prepared keep(Prepared chain) {
    idle.add(chain);
    return idle.size() > MOST ? idle.removeFirst() : null;
  }

  private synchronized void warn(String text, RunMessages messages) {
    if (!said.contains(text)) {
      said.add(text);
      messages.warn(text);
    }
  }

  private Prepared prepare(Key key, RunMessages messages) {
    List<Stage> stages = StageWord.lower(words, key.format());
    Consumer<String> warnings = text -> warn(text, messages);
    warnOfUnstable(stages, warnings);
    DesignCheck.warnings(words, key.format()).forEach(warnings);
    Pipeline pipeline = new Pipeline(stages);
    Planner planner = new Planner(Backends.all(), Environment.system(warnings));
    Plan plan = planner.prepare(pipeline, key.format(), options.withLength(key.length()));
    List<String> kernels = plan.describe().lines().skip(1).map(String::strip).toList();
    return new Prepared(key, pipeline, plan, ChainDelay.of(stages, key.format()), kernels);
  }

  private void warnOfUnstable(List<Stage> stages, Consumer<String> warnings) {
    for (int i = 0; i < stages.size(); i++) {
      Sos sections = SosCascade.sectionsOf(stages.get(i)).orElse(null);
      if (sections != null && !sections.isStable()) {
        warnings.accept(
            words.get(i).where()
                + "unstable, a pole has radius "
                + sections.maxPoleRadius()
                + "; the output may grow without bound");
      }
    }
  }

  @Override
  public synchronized void close() {
    idle.forEach(chain -> chain.plan().close());
    idle.clear();
  }
}
