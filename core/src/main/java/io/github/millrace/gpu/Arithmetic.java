package io.github.millrace.gpu;

import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.Precision;
import io.github.millrace.signal.SampleType;
import java.util.Map;
import java.util.TreeMap;

/**
 * The number types of a kernel.
 *
 * @param sample in memory
 * @param real of the arithmetic
 * @param state of what is carried from block to block: float64 where the device has it. In float32
 *     filters far below the sample rate lose exactness: white noise through a Butterworth low-pass
 *     of order 8 at .001 of Nyquist has a relative rms error of 2e-3 to 6e-3, not 1e-5, and of
 *     order 16 up to 1e-2, not 6e-5, with blocks of 500,000 to 777 frames; at .2 of Nyquist both
 *     have 2.5e-7 (PoCL 3.1 on a 2-core Zen 5 VM, AVX-512, November 2026)
 */
record Arithmetic(SampleType sample, SampleType real, SampleType state) {

  /** The types for samples of this type in this precision on this device. */
  static Arithmetic of(SampleType sample, Precision precision, DeviceDescription device) {
    boolean fast = precision == Precision.FAST && sample == SampleType.FLOAT32;
    if (!fast && !device.fp64()) {
      throw new BackendException(
          device.name()
              + " has no float64 arithmetic, which "
              + (precision == Precision.FAST ? "float64 samples need" : "precise needs")
              + "; fast on float32 samples runs");
    }
    return new Arithmetic(
        sample,
        fast ? SampleType.FLOAT32 : SampleType.FLOAT64,
        device.fp64() ? SampleType.FLOAT64 : SampleType.FLOAT32);
  }

  /** The constants SAMPLE, REAL and STATE. */
  private Map<String, String> constants() {
    Map<String, String> constants = new TreeMap<>();
    constants.put("SAMPLE", word(sample));
    constants.put("REAL", word(real));
    constants.put("STATE", word(state));
    return constants;
  }

  /** A kernel file with the constants of these types and others. */
  KernelSource source(String file, int items, Map<String, Integer> constants) {
    Map<String, String> all = constants();
    constants.forEach((name, value) -> all.put(name, value.toString()));
    return new KernelSource(file, items, all);
  }

  private static String word(SampleType type) {
    return type == SampleType.FLOAT32 ? "float" : "double";
  }

  /** One word for people. */
  String describe() {
    return real == SampleType.FLOAT32
        ? "float32 arithmetic, float" + 8 * state.bytes() + " state"
        : "float64 arithmetic";
  }
}
