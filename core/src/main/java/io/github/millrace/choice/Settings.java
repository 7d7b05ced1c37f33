package io.github.millrace.choice;

import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.Decision.Source;
import io.github.millrace.plan.PlanOptions;
import java.util.Locale;
import java.util.function.Function;

/**
 * Options with what properties and variables say where the caller said nothing.
 *
 * @param options the caller's, completed
 * @param backendFrom who chose the backend; of those that come later, {@code SHIPPED} stands
 * @param threadsFrom who chose the number of threads
 * @param thresholdFrom who chose the threshold
 */
record Settings(PlanOptions options, Source backendFrom, Source threadsFrom, Source thresholdFrom) {

  private record Found<T>(T value, Source source) {}

  /**
   * Looks up what the options leave open.
   *
   * @throws BackendException if a property or a variable makes no sense; the message names it
   */
  static Settings of(PlanOptions options, Environment environment) {
    PlanOptions complete = options;
    Found<String> backend = new Found<>(options.backend(), Source.CALL);
    if (options.backend().equals(Planner.AUTO)) {
      backend = find(environment, "backend", Function.identity(), options.backend());
      complete = complete.withBackend(backend.value());
    }
    Found<Integer> threads = new Found<>(options.threads(), Source.CALL);
    if (options.threads() == 0) {
      threads = find(environment, "threads", Integer::valueOf, 0);
      complete = with(complete, threads);
    }
    Source thresholdFrom = Source.CALL;
    if (options.threshold().isEmpty()) {
      Found<Long> threshold = find(environment, "threshold", Long::valueOf, null);
      thresholdFrom = threshold.source();
      if (threshold.value() != null) {
        complete = withThreshold(complete, threshold);
      }
    }
    return new Settings(complete, backend.source(), threads.source(), thresholdFrom);
  }

  private static PlanOptions with(PlanOptions options, Found<Integer> threads) {
    if (threads.value() < 0) {
      throw new BackendException(
          "threads by "
              + threads.source().describe()
              + " is "
              + threads.value()
              + ", expected 0 or"
              + " more");
    }
    return options.withThreads(threads.value());
  }

  private static PlanOptions withThreshold(PlanOptions options, Found<Long> threshold) {
    if (threshold.value() < 0) {
      throw new BackendException(
          "threshold by "
              + threshold.source().describe()
              + " is "
              + threshold.value()
              + ", expected 0 or more");
    }
    return options.withThreshold(threshold.value());
  }

  private static <T> Found<T> find(
      Environment environment, String name, Function<String, T> parse, T otherwise) {
    String property = "millrace." + name;
    String variable = "MILLRACE_" + name.toUpperCase(Locale.ROOT);
    String value = environment.property().apply(property);
    Source source = Source.PROPERTY;
    if (value == null || value.isEmpty()) {
      value = environment.variable().apply(variable);
      source = Source.VARIABLE;
    }
    if (value == null || value.isEmpty()) {
      return new Found<>(otherwise, Source.SHIPPED);
    }
    try {
      return new Found<>(parse.apply(value), source);
    } catch (NumberFormatException e) {
      String where = source == Source.PROPERTY ? property : variable;
      throw new BackendException(where + " is '" + value + "', expected a whole number", e);
    }
  }
}
