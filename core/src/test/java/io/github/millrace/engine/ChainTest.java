package io.github.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.backend.Step;
import io.github.millrace.design.Band;
import io.github.millrace.design.Sos;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Delay;
import io.github.millrace.stage.Fft;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.InverseFft;
import io.github.millrace.stage.Mix;
import io.github.millrace.stage.SosCascade;
import io.github.millrace.stage.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChainTest {

  private static final StreamFormat FORMAT = new StreamFormat(48_000, 2, SampleType.FLOAT32);
  private static final SosCascade A = cascade(0.1);
  private static final SosCascade B = cascade(0.2);

  private static SosCascade cascade(double b) {
    return new SosCascade(Sos.of(new double[][] {{b, 0, 0, 1, -0.5, 0}}));
  }

  private static List<Step> steps(Stage... stages) {
    return Chain.of(List.of(stages), FORMAT).steps();
  }

  private static Step step(Stage stage, double load, double store) {
    return new Step(stage, FORMAT, load, store);
  }

  @Test
  void neighbouringCascadesMerge() {
    SosCascade merged = new SosCascade(A.sos().then(B.sos()).then(A.sos()));
    assertEquals(List.of(step(merged, 1, 1)), steps(A, B, A));
  }

  @Test
  void gainFoldsIntoTheStoreOfTheStepBefore() {
    assertEquals(List.of(step(A, 1, -6)), steps(A, new Gain(2), new Gain(-3)));
  }

  @Test
  void leadingGainFoldsIntoTheLoadOfTheStepAfter() {
    assertEquals(List.of(step(A, 6, 1)), steps(new Gain(2), new Gain(3), A));
  }

  @Test
  void gainBetweenCascadesKeepsThemApart() {
    assertEquals(List.of(step(A, 1, 2), step(B, 1, 1)), steps(A, new Gain(2), B));
  }

  @Test
  void cascadeAfterLeadingGainStillMergesWithTheNext() {
    SosCascade merged = new SosCascade(A.sos().then(B.sos()));
    assertEquals(List.of(step(merged, 2, 1)), steps(new Gain(2), A, B));
  }

  @Test
  void gainAloneIsAStep() {
    assertEquals(List.of(step(new Gain(6), 1, 1)), steps(new Gain(2), new Gain(3)));
  }

  @Test
  void unityGainLeavesNothing() {
    assertEquals(List.of(step(A, 1, 1)), steps(A, new Gain(1)));
  }

  @Test
  void noStageCopies() {
    assertEquals(List.of(step(new Gain(1), 1, 1)), steps());
  }

  @Test
  void gainOnSpectraIsItsOwnStep() {
    StreamFormat spectra = FORMAT.withFftBlock(8);
    assertEquals(
        List.of(
            step(new Fft(8), 1, 1),
            new Step(new Gain(2), spectra, 1, 1),
            new Step(new InverseFft(), spectra, 1, 1)),
        steps(new Fft(8), new Gain(2), new InverseFft()));
  }

  @Test
  void recipesAreLoweredForTheRateTheyAreGiven() {
    Iir recipe = Iir.butterworth(2, Band.low(1000));
    assertEquals(List.of(step(recipe.lower(FORMAT), 1, 1)), steps(recipe));
    assertEquals(480, ((Delay) steps(Delay.ofSeconds(0.01)).getFirst().stage()).delayFrames());
  }

  @Test
  void placesSayWhereEachStageWent() {
    Chain chain = Chain.of(List.of(new Gain(2), A, B, Fir.of(1), A), FORMAT);
    assertEquals(
        List.of(
            Chain.Place.FOLDED,
            new Chain.Place(0, 0, 1),
            new Chain.Place(0, 1, 1),
            new Chain.Place(1, 0, 0),
            new Chain.Place(2, 0, 1)),
        chain.places());
  }

  @Test
  void channelsFollowTheMix() {
    assertEquals(1, Chain.of(List.of(Mix.mono(), A), FORMAT).out().channels());
    Mix three = Mix.matrix(new double[][] {{1, 0, 0}});
    requireRefusal("reads 3 channels, the stream has 2", three);
  }

  @Test
  void timeStageAfterAnFftIsRefused() {
    requireRefusal("reads samples in time, the stream holds spectra", new Fft(8), A);
    requireRefusal("an inverse FFT reads spectra", new InverseFft());
  }

  @Test
  void recipeWithoutARateIsRefused() {
    StreamFormat unknown = FORMAT.withSampleRate(0);
    Iir recipe = Iir.butterworth(2, Band.low(1000));
    var e = assertThrows(IllegalArgumentException.class, () -> Chain.of(List.of(recipe), unknown));
    assertTrue(e.getMessage().contains("needs the sample rate"), e.getMessage());
  }

  private static void requireRefusal(String message, Stage... stages) {
    var e = assertThrows(IllegalArgumentException.class, () -> steps(stages));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
