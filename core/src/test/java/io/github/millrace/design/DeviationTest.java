package io.github.millrace.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far rounded sections are from the exact filter at its corners. */
class DeviationTest {

  private static final double RATE = 48_000;

  private static List<IirDesign> designs(double frequency) {
    List<IirDesign> all = new ArrayList<>();
    List<Prototype> prototypes =
        List.of(
            new Prototype.Butterworth(),
            new Prototype.Chebyshev1(0.5),
            new Prototype.Chebyshev2(40),
            new Prototype.Elliptic(0.5, 60),
            new Prototype.LinkwitzRiley(),
            new Prototype.Bessel(Prototype.Norm.PHASE),
            new Prototype.Bessel(Prototype.Norm.DELAY),
            new Prototype.Bessel(Prototype.Norm.MAG));
    for (Prototype prototype : prototypes) {
      for (Band band :
          List.of(
              Band.low(frequency),
              Band.high(frequency),
              Band.bandpass(frequency, 1.7 * frequency),
              Band.bandstop(frequency, 1.7 * frequency))) {
        all.add(new ClassicFilter(prototype, 4, band));
      }
    }
    for (Biquad.Kind kind : Biquad.Kind.values()) {
      all.add(new Biquad(kind, frequency, 1.3, kind.hasGain() ? -7 : 0));
    }
    all.add(new Notch(frequency, 3));
    all.add(new ResonantPeak(frequency, 3));
    all.add(new Comb(frequency, 3));
    return all;
  }

  @Test
  void ordinaryFiltersAreHeld() {
    for (double frequency : new double[] {20, 1_000, 11_000}) {
      for (IirDesign design : designs(frequency)) {
        double deviation = design.deviationDb(RATE);
        assertTrue(deviation < 1e-6, design.describe() + " is off by " + deviation);
      }
    }
  }

  @Test
  void whatTheSectionsCannotHoldIsFound() {
    IirDesign high = new ClassicFilter(new Prototype.Butterworth(), 8, Band.high(1e-4));
    assertEquals(3.33, high.deviationDb(RATE), 0.01);
    assertTrue(high.deviationDb(100) < 1e-3, "at 100 Hz: " + high.deviationDb(100));
    for (IirDesign design : designs(1e-5)) {
      boolean flat = design instanceof Biquad biquad && biquad.kind() == Biquad.Kind.ALLPASS;
      double deviation = design.deviationDb(design instanceof Comb ? 1 : RATE);
      assertEquals(!flat && !(design instanceof Comb), deviation > 0.1, design + ": " + deviation);
    }
    assertTrue(new Notch(50, 1e14).deviationDb(RATE) > 0.1);
    assertTrue(new Comb(5_000, 1e16).deviationDb(RATE) > 0.1);
  }
}
