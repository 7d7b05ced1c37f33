package io.github.millrace.cli.words;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Words made of valid ones by chance mean a stage or are refused as words, nothing else.
 *
 * <p>{@code -Dmillrace.long} tries a hundred times as many, of another seed each time.
 */
class StageWordFuzzTest {

  private static final boolean LONG = Boolean.getBoolean("millrace.long");
  private static final int WORDS = LONG ? 4_000_000 : 40_000;
  private static final long SEED = LONG ? System.nanoTime() : 11;

  private static final List<String> VALID =
      StageWordTest.meanings().map(arguments -> (String) arguments.get()[0]).toList();

  /** Characters that mean something to some word, and some that mean nothing to any. */
  private static final String CHARACTERS = "0123456789.eE+-:=,kKxdBmsHz%/ \t\n\u00e9\u2028\ud83d";

  private static final List<String> PARTS =
      List.of(
          "order=1",
          "order=0",
          "order=-1",
          "order=200",
          "order=2147483647",
          "q=0",
          "q=1e308",
          "taps=0",
          "taps=2",
          "taps=1e9",
          "window=kaiser",
          "window=kaiser,1e300",
          "ripple=0",
          "ripple=1e308",
          "atten=-5",
          "atten=1e308",
          "1e308",
          "1e-308",
          "4.9e-324",
          "-0",
          "0",
          "NaN",
          "24000",
          "23999.999999999996",
          "1e-9-24000",
          "",
          "sos:no.npy",
          "no.npy",
          "low",
          "bandpass",
          "1-2",
          "2-1",
          "1000dB",
          "1e308dB",
          "1e18frames",
          "1e300s",
          "2147483647",
          "gain=1e5");

  private static final List<StreamFormat> FORMATS =
      List.of(
          new StreamFormat(48_000, 1, SampleType.FLOAT32),
          new StreamFormat(250, 3, SampleType.FLOAT64),
          new StreamFormat(0, 2, SampleType.FLOAT32));

  @Test
  void neverAnythingButAWordException() {
    SplittableRandom random = new SplittableRandom(SEED);
    int stages = 0;
    for (int i = 0; i < WORDS; i++) {
      String word = pick(VALID, random);
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        word = mutated(word, random);
      }
      stages += meaning(word, i) ? 1 : 0;
    }
    int valid = stages;
    assertTrue(valid > WORDS / 50, () -> "only " + valid + " of the words were stages");
    assertTrue(valid < WORDS * 9L / 10, () -> valid + " of the words were stages");
  }

  /** Whether a word means a stage on at least one format. */
  private static boolean meaning(String word, int number) {
    boolean lowered = false;
    for (StreamFormat format : FORMATS) {
      try {
        List<Stage> stages = StageWord.lower(StageWord.parseAll(List.of(word)), format);
        assertNotNull(stages.getFirst().output(format));
        lowered = true;
      } catch (WordException e) {
        String message = e.getMessage();
        assertTrue(message.startsWith("stage 1 '" + word + "': "), message);
        assertTrue(message.length() > word.length() + 12, message);
      } catch (Throwable e) {
        fail("seed " + SEED + ", word " + number + " '" + word + "' on " + format + ": " + e, e);
      }
    }
    return lowered;
  }

  private static String mutated(String word, SplittableRandom random) {
    int at = random.nextInt(word.length() + 1);
    int end = Math.min(word.length(), at + 1 + random.nextInt(3));
    char character = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
    String[] parts = word.split(":", -1);
    int part = random.nextInt(parts.length);
    switch (random.nextInt(7)) {
      case 0 -> {
        return word.substring(0, at) + word.substring(end);
      }
      case 1 -> {
        return word.substring(0, at) + character + word.substring(at);
      }
      case 2 -> {
        return word.substring(0, at) + character + word.substring(end);
      }
      case 3 -> {
        return word + ":" + pick(PARTS, random);
      }
      case 4 -> parts[part] = pick(PARTS, random);
      case 5 -> {
        String[] other = pick(VALID, random).split(":", -1);
        parts[part] = other[random.nextInt(other.length)];
      }
      default -> {
        int second = random.nextInt(parts.length);
        String kept = parts[part];
        parts[part] = parts[second];
        parts[second] = kept;
      }
    }
    return String.join(":", Arrays.asList(parts));
  }

  private static String pick(List<String> list, SplittableRandom random) {
    return list.get(random.nextInt(list.size()));
  }
}
