package io.github.millrace.io.format;

import io.github.millrace.io.SignalFileException;
import io.github.millrace.io.bytes.HeaderCursor;
import java.nio.ByteOrder;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The dictionary in the header of an .npy file, a Python literal.
 *
 * @param type two characters such as {@code f4}
 * @param order byte order
 * @param fortranOrder whether the first index runs fastest
 * @param shape one dimension or two
 */
record NpyHeader(String type, ByteOrder order, boolean fortranOrder, List<Long> shape) {

  private static final Pattern DESCR = Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([^'\"]*)");
  private static final Pattern ORDER =
      Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
  private static final Pattern SHAPE =
      Pattern.compile(
          "['\"]shape['\"]\\s*:\\s*\\(\\s*(\\d{1,18})L?\\s*(?:,\\s*(\\d{1,18})L?\\s*)?,?\\s*\\)");

  /** Reads the dictionary; errors name the cursor's last field. */
  static NpyHeader parse(HeaderCursor cursor, String text) throws SignalFileException {
    String descr = find(DESCR, text, cursor, "a type such as 'descr': '<f4'").group(1);
    if (descr.length() != 3 || "<>=|".indexOf(descr.charAt(0)) < 0) {
      throw cursor.error("type is '" + descr + "', expected " + NpyFormat.TYPE_NAMES);
    }
    String order = find(ORDER, text, cursor, "'fortran_order': True or False").group(1);
    Matcher shape = find(SHAPE, text, cursor, "a 'shape' of one or two dimensions");
    return new NpyHeader(
        descr.substring(1),
        NpyFormat.order(descr.charAt(0)),
        order.equals("True"),
        shape.group(2) == null
            ? List.of(Long.valueOf(shape.group(1)))
            : List.of(Long.valueOf(shape.group(1)), Long.valueOf(shape.group(2))));
  }

  private static Matcher find(Pattern pattern, String text, HeaderCursor cursor, String expected)
      throws SignalFileException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw cursor.error("expected " + expected);
    }
    return matcher;
  }
}
