package io.github.millrace.io.format;

import io.github.millrace.io.ArrayShape;
import io.github.millrace.io.SignalFileException;
import io.github.millrace.io.bytes.HeaderCursor;
import java.util.List;
import java.util.OptionalInt;

/**
 * Which dimension of an array is time.
 *
 * <p>One dimension is time. Of two, it is the one whose axis was stated. Where none was, an array
 * with more rows than columns has its frames in rows, one with a single row holds one channel, and
 * a note says so; any other could be either and is refused.
 *
 * @param shape which is which
 * @param frames length along time
 * @param channels length along the other dimension, 1 where there is none
 * @param notes what was assumed
 */
record NpyAxes(ArrayShape shape, long frames, long channels, List<String> notes) {

  /** Finds out; errors name the cursor's last field. */
  static NpyAxes of(HeaderCursor cursor, List<Long> dimensions, OptionalInt stated)
      throws SignalFileException {
    int axes = dimensions.size();
    if (stated.isPresent()) {
      int axis = stated.getAsInt() < 0 ? stated.getAsInt() + axes : stated.getAsInt();
      if (axis < 0 || axis >= axes) {
        throw cursor.error(
            "has " + axes + " dimension, axis " + stated.getAsInt() + " is out of bounds");
      }
      return along(axis, dimensions, List.of());
    }
    if (axes == 1) {
      return along(0, dimensions, List.of());
    }
    int axis = likely(cursor, dimensions.get(0), dimensions.get(1));
    return along(axis, dimensions, List.of(assumed(axis, dimensions)));
  }

  private static NpyAxes along(int axis, List<Long> dimensions, List<String> notes) {
    long frames = dimensions.get(axis);
    if (dimensions.size() == 1) {
      return new NpyAxes(ArrayShape.FRAMES, frames, 1, notes);
    }
    ArrayShape shape = axis == 0 ? ArrayShape.FRAMES_CHANNELS : ArrayShape.CHANNELS_FRAMES;
    return new NpyAxes(shape, frames, dimensions.get(1 - axis), notes);
  }

  private static int likely(HeaderCursor cursor, long rows, long columns)
      throws SignalFileException {
    if (rows == 1 && columns > 1) {
      return 1;
    }
    if (rows >= 2 && columns >= rows) {
      throw cursor.error(
          "shape is ("
              + rows
              + ", "
              + columns
              + "), and the axis of time is not stated: 0 for "
              + columns
              + " channels of "
              + rows
              + " frames, 1 for "
              + rows
              + " channels of "
              + columns
              + " frames");
    }
    return 0;
  }

  private static String assumed(int axis, List<Long> dimensions) {
    return "shape ("
        + dimensions.get(0)
        + ", "
        + dimensions.get(1)
        + ") is taken as "
        + (axis == 0 ? "(frames, channels)" : "(channels, frames)")
        + ", since no axis is stated";
  }
}
