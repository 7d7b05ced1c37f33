package io.github.millrace.plan;

import io.github.millrace.host.Providers;
import io.github.millrace.signal.StreamFormat;

/**
 * Makes plans of pipelines: what stands between the values of this package and the devices, so that
 * it depends on none of them. Found as {@link Providers} says. Any thread.
 */
public interface PlanMaker {

  /**
   * A plan in its reset state, on the first device that can run the pipeline.
   *
   * @throws IllegalArgumentException if the pipeline does not fit the stream
   * @throws BackendException if no allowed device can run it; the message lists the reasons
   */
  Plan prepare(Pipeline pipeline, StreamFormat in, PlanOptions options);

  /** The one that comes with the library, over all backends present. */
  static PlanMaker shipped() {
    return Shipped.MAKER;
  }

  /** Looked up once. */
  final class Shipped {
    private static final PlanMaker MAKER = Providers.of(PlanMaker.class).getFirst();

    private Shipped() {}
  }
}
