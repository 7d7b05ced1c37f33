package io.github.millrace.simd;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.millrace.backend.Step;
import io.github.millrace.cpu.CpuBlock;
import io.github.millrace.plan.Bits;
import io.github.millrace.stage.Fir;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A finite impulse response, term by term or by FFT of overlapping blocks. */
final class NativeFirKernel extends RunKernel {

  /**
   * Taps from which transforms are faster. In the caches 31, 39, 47 and 63 taps make, in millions
   * of frames a second, term by term and by transforms of 1,024:
   *
   * <ul>
   *   <li>float32 arithmetic, AVX-512: 2,750, 2,710, 2,360, 1,840 and 2,110, 2,070, 2,060, 2,010
   *       (from memory they are equal at 39)
   *   <li>float32 arithmetic, AVX2: 1,670, 1,350, 1,140, 870 and 1,640, 1,630, 1,630, 1,600
   *   <li>float64 arithmetic, AVX-512: 1,550, 1,210, 1,020, 890 and 1,250, 1,190, 1,220, 1,160
   *   <li>float64 arithmetic, AVX2: 810, 660, 560, 430 and 780, 790, 790, 780
   * </ul>
   *
   * <p>2-core Zen 5 VM, AVX-512, November 2026.
   */
  private static final int CROSSOVER = 40;

  /**
   * Length of a transform in multiples of the taps, before rounding up to a power of two: with
   * 4,097 taps in float32 arithmetic 16,384, 32,768 and 65,536 make 1,020, 1,140 and 1,090 million
   * frames a second (same machine and date).
   */
  private static final long LENGTH_IN_TAPS = 6;

  private static final long SHORTEST = 1024;

  /**
   * Longer transforms leave the second-level cache: with 65,537 taps in float64 262,144 make 440
   * million frames a second, 524,288 350; in float32 arithmetic 810 and 870 (same machine and
   * date).
   */
  private static final long CACHED_BYTES = 2 << 20;

  /** Shorter ones keep too little of each. */
  private static final long LEAST_LENGTH_IN_TAPS = 3;

  /** Taps from which partitions in Java are faster than the plain sum in C. */
  private static final int LONGEST_SUM = 8192;

  private final long longest;
  private final FirFunctions functions;
  private final MemorySegment struct;
  private final Span[] inputs;
  private final Span[] outputs;
  private final long[] scratch;

  NativeFirKernel(Step step, Setting setting) {
    super(step, setting, ((Fir) step.stage()).length() - 1);
    Fir fir = (Fir) step.stage();
    longest =
        setting.bits() == Bits.FRAME
            ? 0
            : longest(fir, !setting.format(step.in().type()).equals("f32fast"));
    functions = new FirFunctions(setting.library(), setting.suffix(step.in().type()));
    struct = arena.allocate(Structs.Fir.BYTES, 8);
    inputs = new Span[parts()];
    outputs = new Span[parts()];
    scratch = new long[parts()];
    try {
      fill(fir);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** Whether the plain sum, the only way here to {@link Bits#FRAME}, is not worth its while. */
  static boolean isTooLong(Fir fir) {
    return fir.method() != Fir.Method.DIRECT && fir.length() >= LONGEST_SUM;
  }

  private void fill(Fir fir) {
    struct.set(JAVA_LONG, Structs.Fir.TAPS.at(), fir.length());
    struct.set(JAVA_LONG, Structs.Fir.LONGEST.at(), longest);
    struct.set(JAVA_DOUBLE, Structs.Fir.LOAD_GAIN.at(), step.loadGain());
    struct.set(JAVA_DOUBLE, Structs.Fir.STORE_GAIN.at(), step.storeGain());
    long[] bytes = functions.bytes(struct.address());
    for (int part = 0; part < scratch.length; part++) {
      inputs[part] = new Span();
      outputs[part] = new Span();
      scratch[part] = arena.allocate(bytes[1], 64).address();
    }
    MemorySegment tables = arena.allocate(bytes[0], 64);
    struct.set(JAVA_LONG, Structs.Fir.TABLES.at(), tables.address());
    try (Arena brief = Arena.ofConfined()) {
      MemorySegment taps = brief.allocateFrom(JAVA_DOUBLE, fir.taps());
      functions.tables(struct.address(), taps, tables, scratch[0]);
    }
  }

  /** Samples of the longest transform; 0 for none. */
  private static long longest(Fir fir, boolean wide) {
    boolean overlaps =
        switch (fir.method()) {
          case DIRECT -> false;
          case OVERLAP_SAVE -> true;
          case AUTO -> fir.length() >= CROSSOVER;
        };
    if (!overlaps) {
      return 0;
    }
    long length = SHORTEST;
    while (length < LENGTH_IN_TAPS * fir.length()) {
      length *= 2;
    }
    long cached = CACHED_BYTES / (wide ? Double.BYTES : Float.BYTES);
    while (length > cached && length / 2 >= LEAST_LENGTH_IN_TAPS * fir.length()) {
      length /= 2;
    }
    return length;
  }

  /** Transforms are cut where a cell begins; sums have the same bits wherever. */
  @Override
  long cellFrames() {
    return setting.bits() == Bits.GRID ? Bits.CELL : 0;
  }

  @Override
  public long run(CpuBlock in, CpuBlock out, long frames) {
    struct.set(JAVA_LONG, Structs.Fir.FLAGS.at(), streams(frames) ? Structs.STREAM : 0);
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
    String method = longest == 0 ? ", direct" : ", overlap-save, transforms of up to " + longest;
    return setting.describe() + method + ", " + taps + (taps == 1 ? " tap" : " taps");
  }
}
