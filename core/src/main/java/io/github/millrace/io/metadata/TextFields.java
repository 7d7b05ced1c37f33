package io.github.millrace.io.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.millrace.io.Chunk;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers in text, by name: the elements of {@code iXML} (iXML specification 3.0) and the lines of
 * {@code guan} (GUANO 1.0). Whatever else the text holds stays as it is, byte for byte.
 */
final class TextFields {

  private static final BigInteger WORD = BigInteger.ONE.shiftLeft(32);
  private static final String NUMBER = "([0-9]{1,20}(?:\\.[0-9]{1,20})?)";
  private static final Pattern GUANO_RATE = Pattern.compile("(?m)(^Samplerate:[ \t]*)" + NUMBER);

  private String text;

  private TextFields(Chunk chunk) {
    text = new String(chunk.content(), ISO_8859_1);
  }

  /**
   * An iXML chunk: rates that are the input's become the output's, and counts of frames follow.
   *
   * @param fromBits bits of a sample of the input
   * @param toBits bits of a sample of the output
   */
  static Chunk ixml(Chunk chunk, Timeline timeline, int fromBits, int toBits) {
    TextFields fields = new TextFields(chunk);
    boolean counted =
        fields.value("TIMESTAMP_SAMPLE_RATE") == null
            || fields.holds("TIMESTAMP_SAMPLE_RATE", timeline.fromRate());
    fields.exchange("AUDIO_BIT_DEPTH", fromBits, toBits);
    if (!timeline.isSameRate()) {
      fields.exchange("FILE_SAMPLE_RATE", timeline.fromRate(), timeline.toRate());
      fields.exchange("TIMESTAMP_SAMPLE_RATE", timeline.fromRate(), timeline.toRate());
      UnaryOperator<BigInteger> scaled = timeline::duration;
      if (counted) {
        fields.count(
            "TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI", "TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO", scaled);
      }
      fields.count("BWF_TIME_REFERENCE_HIGH", "BWF_TIME_REFERENCE_LOW", scaled);
    }
    return fields.chunk("iXML");
  }

  /** A GUANO chunk with the output's rate. */
  static Chunk guano(Chunk chunk, Timeline timeline) {
    TextFields fields = new TextFields(chunk);
    Matcher rate = GUANO_RATE.matcher(fields.text);
    if (!timeline.isSameRate() && rate.find()) {
      fields.text = rate.replaceFirst("$1" + plain(timeline.toRate()));
    }
    return fields.chunk(chunk.id());
  }

  private Chunk chunk(String id) {
    return new Chunk(id, text.getBytes(ISO_8859_1));
  }

  private static Pattern element(String name) {
    return Pattern.compile("(<" + name + ">\\s*)" + NUMBER + "(?=\\s*</" + name + ">)");
  }

  private String value(String name) {
    Matcher matcher = element(name).matcher(text);
    return matcher.find() ? matcher.group(2) : null;
  }

  private boolean holds(String name, double number) {
    String value = value(name);
    return value != null && Double.parseDouble(value) == number;
  }

  private void set(String name, String value) {
    text = element(name).matcher(text).replaceAll("$1" + value);
  }

  private void exchange(String name, double from, double to) {
    if (holds(name, from)) {
      set(name, plain(to));
    }
  }

  /** Changes a count of 64 bits, whose upper half need not be there. */
  private void count(String high, String low, UnaryOperator<BigInteger> change) {
    String lower = value(low);
    if (lower == null || lower.contains(".")) {
      return;
    }
    String upper = value(high);
    boolean split = upper != null && !upper.contains(".");
    BigInteger before = new BigInteger(lower);
    BigInteger after =
        change.apply(split ? before.add(new BigInteger(upper).multiply(WORD)) : before);
    set(low, (split ? after.mod(WORD) : after).toString());
    if (split) {
      set(high, after.divide(WORD).toString());
    }
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
