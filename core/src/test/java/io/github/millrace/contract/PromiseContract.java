package io.github.millrace.contract;

import io.github.millrace.backend.Backend;
import io.github.millrace.choice.Planner;
import io.github.millrace.design.Band;
import io.github.millrace.design.fir.Window;
import io.github.millrace.design.fir.WindowedFir;
import io.github.millrace.plan.Bits;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.FirDesign;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.Stage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;

/** What the contracts about bits share: a subclass names its backend and the independent probe. */
@Tag(Verify.TAG)
abstract class PromiseContract {

  static final double RATE = ContractCase.RATE;

  /** The backend under test. */
  protected abstract Backend backend();

  /** Why the device cannot be here, found without the backend; empty where it must be here. */
  protected abstract Optional<String> absence();

  @BeforeEach
  final void requireDevice() {
    Assumptions.assumeTrue(absence().isEmpty(), () -> absence().get());
  }

  interface Body {
    void run(ContractCase test, SampleType type, PlanOptions options);
  }

  /** One test for each case and format, in fast arithmetic too. */
  final Stream<DynamicTest> each(Bits bits, Stream<ContractCase> cases, Body body) {
    return cases.flatMap(
        test ->
            Stream.concat(
                Stream.of(SampleType.values()).map(type -> dynamic(bits, test, type, body)),
                Stream.of(test.fast())
                    .filter(fast -> refusal(fast, mono(), options(bits, fast)).isEmpty())
                    .filter(fast -> fast.stages().stream().anyMatch(backend()::computesFast))
                    .map(fast -> dynamic(bits, fast, SampleType.FLOAT32, body))));
  }

  private DynamicTest dynamic(Bits bits, ContractCase test, SampleType type, Body body) {
    PlanOptions options = options(bits, test);
    return DynamicTest.dynamicTest(
        test.name() + " " + type.shortName(),
        () -> {
          requireAccepted(test, mono(), options);
          body.run(test, type, options);
        });
  }

  static PlanOptions options(Bits bits, ContractCase test) {
    return PlanOptions.DEFAULTS.withBits(bits).withPrecision(test.precision()).withThreads(2);
  }

  final void requireAccepted(ContractCase test, StreamFormat format, PlanOptions options) {
    Optional<String> refusal = refusal(test, format, options);
    Assumptions.assumeTrue(refusal.isEmpty(), () -> refusal.get());
  }

  final Optional<String> refusal(ContractCase test, StreamFormat format, PlanOptions options) {
    PlanOptions named = options.withBackend(backend().name());
    return new Planner(List.of(backend()))
        .candidates(test.pipeline(), format, named)
        .getFirst()
        .refusal();
  }

  static Plan plan(Backend backend, ContractCase test, StreamFormat format, PlanOptions options) {
    return new Planner(List.of(backend))
        .prepare(test.pipeline(), format, options.withBackend(backend.name()));
  }

  static StreamFormat mono() {
    return new StreamFormat(RATE, 1, SampleType.FLOAT64);
  }

  static ContractCase of(String name, Stage... stages) {
    return ContractCase.of(name, stages);
  }

  static Iir low(int order, double cutoff) {
    return Iir.butterworth(order, Band.low(cutoff));
  }

  static Fir fir(int taps) {
    var design = new FirDesign(new WindowedFir(Band.low(5_000), taps, Window.HAMMING));
    return design.lower(mono());
  }
}
