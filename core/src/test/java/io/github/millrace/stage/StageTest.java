package io.github.millrace.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageTest {

  private static final StreamFormat STEREO = new StreamFormat(44_100, 2, SampleType.FLOAT32);

  @Test
  void decibelsAreOfAmplitude() {
    assertEquals(2, Gain.db(20 * Math.log10(2)).factor(), 1e-15);
    assertEquals("gain -3.00 dB", Gain.db(-3).describe());
    assertEquals("gain -0.5", new Gain(-0.5).describe());
    requireRefusal("gain is NaN", () -> new Gain(Double.NaN));
    requireRefusal("gain is Infinity dB", () -> Gain.db(Double.POSITIVE_INFINITY));
  }

  @Test
  void delaysAreCountedInFramesOrSeconds() {
    assertEquals(11_025, Delay.ofSeconds(0.25).lower(STEREO).delayFrames());
    assertEquals(3_000_000_000L, Delay.ofFrames(3_000_000_000L).delayFrames());
    assertEquals(-11_025, Delay.ofSeconds(-0.25).lower(STEREO).delayFrames());
    assertEquals("delay -5 frames (cut from the start)", Delay.ofFrames(-5).describe());
    requireRefusal("delay is -2.0E12", () -> Delay.ofSeconds(-2e12));
    requireRefusal("expected a whole number", () -> new Delay(1.5, Delay.Unit.FRAMES));
    requireRefusal("delay is NaN", () -> Delay.ofSeconds(Double.NaN));
  }

  @Test
  void mixesAreMatrices() {
    assertArrayEquals(new double[] {0.5, 0.5}, Mix.mono().lower(STEREO).weights()[0]);
    assertEquals(2, Mix.stereo().lower(STEREO.withChannels(1)).weights().length);
    requireRefusal(
        "takes 1 or 2 channels, the stream has 6",
        () -> Mix.stereo().output(STEREO.withChannels(6)));
    requireRefusal("row 1 of the mix matrix has 1", () -> Mix.matrix(new double[][] {{1, 2}, {3}}));
    requireRefusal("the weight NaN", () -> Mix.matrix(new double[][] {{Double.NaN}}));
    requireRefusal("is empty", () -> Mix.matrix(new double[0][]));
    assertEquals(Mix.matrix(new double[][] {{1, 2}}), Mix.matrix(new double[][] {{1, 2}}));
    assertNotEquals(Mix.mono(), Mix.stereo());
  }

  @ParameterizedTest
  @CsvSource({
    "250.5, 250, 500, 501",
    "44100, 44.1, 1, 1000",
    "0.1, 0.3, 3, 1",
    "1e-3, 65.536, 65536, 1",
    "1.5e9, 3e9, 2, 1",
    "1e300, 1e300, 1, 1",
    "4e9, 2e9, 1, 2"
  })
  void fractionalRatesAreDecimals(double from, double to, int up, int down) {
    Resample stage = new Resample(to);
    StreamFormat in = STEREO.withSampleRate(from);
    assertEquals(up, stage.up(in));
    assertEquals(down, stage.down(in));
    assertEquals(to, stage.output(in).sampleRate());
  }

  @Test
  void ratiosBeyondTheFactorsAreRefusedInFull() {
    requireRefusal(
        "resample to 250 Hz (standard) from 333.3333 Hz is a ratio of 2500000 / 3333333,"
            + " expected reduced factors of at most 65536",
        () -> new Resample(250).output(STEREO.withSampleRate(333.3333)));
    requireRefusal(
        "from 4000000001 Hz is a ratio of 48000 / 4000000001",
        () -> new Resample(48_000).output(STEREO.withSampleRate(4_000_000_001.0)));
  }

  @Test
  void resamplingReducesTheRatio() {
    Resample to48k = new Resample(48_000);
    assertEquals(160, to48k.up(STEREO));
    assertEquals(147, to48k.down(STEREO));
    assertEquals(48_000, to48k.output(STEREO).sampleRate());
    requireRefusal(
        "ratio of 131071 / 44100, expected reduced factors of at most 65536",
        () -> new Resample(131_071).output(STEREO));
    requireRefusal("output rate is 0 Hz", () -> new Resample(0));
    requireRefusal("output rate is Infinity Hz", () -> new Resample(Double.POSITIVE_INFINITY));
    requireRefusal("needs the sample rate", () -> to48k.output(STEREO.withSampleRate(0)));
  }

  @Test
  void tapsAreCopiedAndChecked() {
    double[] taps = {1, 2, 3};
    Fir fir = Fir.of(taps);
    taps[0] = 9;
    fir.taps()[1] = 9;
    assertArrayEquals(new double[] {1, 2, 3}, fir.taps());
    assertEquals(Fir.of(1, 2, 3), fir);
    assertNotEquals(fir.with(Fir.Method.DIRECT), fir);
    requireRefusal("0 taps", () -> Fir.of());
    requireRefusal("tap 1 is Infinity", () -> Fir.of(0, Double.POSITIVE_INFINITY));
  }

  @Test
  void transformsChangeTheDomain() {
    StreamFormat spectrum = new Fft(512).output(STEREO);
    assertEquals(4, spectrum.planes());
    assertEquals(STEREO, new InverseFft().output(spectrum));
    requireRefusal("FFT block is 0", () -> new Fft(0));
    requireRefusal("spectra of 512 frames", () -> new Fft(8).output(spectrum));
  }

  private static void requireRefusal(String message, Executable call) {
    var e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
