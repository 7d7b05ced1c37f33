package io.github.millrace.simd;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.millrace.cpu.CpuBlock;
import io.github.millrace.plan.Step;
import io.github.millrace.stage.Fir;
import java.lang.foreign.MemorySegment;

/** A finite impulse response, term by term or by FFT of overlapping blocks. */
final class NativeFirKernel extends RunKernel {

  private static final long STREAM = 1;
  private static final long STRUCT_BYTES = 48;
  private static final long FLAGS_OFFSET = 40;

  private final FirFunctions functions;
  private final MemorySegment struct;
  private final Span[] inputs;
  private final Span[] outputs;
  private final long[] scratch;

  NativeFirKernel(Step step, Setting setting) {
    super(step, setting, ((Fir) step.stage()).length() - 1);
    functions = new FirFunctions(setting.library(), setting.suffix(step.in().type()));
    struct = arena.allocate(STRUCT_BYTES, 8);
    inputs = new Span[parts()];
    outputs = new Span[parts()];
    scratch = new long[parts()];
    try {
      fill();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void fill() {
    Fir fir = (Fir) step.stage();
    struct.set(JAVA_LONG, 0, fir.length());
    struct.set(JAVA_LONG, 8, 0);
    struct.set(JAVA_DOUBLE, 16, step.loadGain());
    struct.set(JAVA_DOUBLE, 24, step.storeGain());
    MemorySegment tables = arena.allocate(functions.tableBytes(struct.address()), 64);
    struct.set(JAVA_LONG, 32, tables.address());
    MemorySegment taps = arena.allocateFrom(JAVA_DOUBLE, fir.taps());
    functions.tables(struct.address(), taps.address(), tables.address());
    long bytes = functions.scratchBytes(struct.address());
    for (int part = 0; part < scratch.length; part++) {
      inputs[part] = new Span();
      outputs[part] = new Span();
      scratch[part] = arena.allocate(bytes, 64).address();
    }
  }

  @Override
  public long run(CpuBlock in, CpuBlock out, long frames) {
    struct.set(JAVA_LONG, FLAGS_OFFSET, streams(frames) ? STREAM : 0);
    return super.run(in, out, frames);
  }

  @Override
  void walk(int part, Run run) {
    inputs[part].channel(in(), run.channel, run.from, run.frames);
    outputs[part].channel(out(), run.channel, run.from, run.frames);
    functions.filter(struct.address(), inputs[part], outputs[part], run.past, scratch[part]);
  }

  @Override
  public String describe() {
    int taps = ((Fir) step.stage()).length();
    return setting.describe() + ", direct, " + taps + (taps == 1 ? " tap" : " taps");
  }
}
