package io.github.millrace.choice;

import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.PlanOptions;
import java.util.List;
import java.util.Locale;

/**
 * One backend, or one of its devices, that was asked for.
 *
 * @param text as it was written: {@code auto}, or {@code name[:index|part]}
 */
record Wish(String text) {

  /** The wishes in the order in which they were written. */
  static List<Wish> of(PlanOptions options) {
    return options.backends().stream().map(Wish::new).toList();
  }

  /** Whether the choice is left to the planner. */
  boolean isAuto() {
    return text.equals(Planner.AUTO);
  }

  /** The name of the backend. */
  String backend() {
    int colon = text.indexOf(':');
    return colon < 0 ? text : text.substring(0, colon);
  }

  /**
   * Whether a device is the one that is meant: by its index, or by part of its name or of its
   * driver's line, which holds a UUID where the device has one.
   */
  boolean matches(DeviceDescription device) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return true;
    }
    String which = text.substring(colon + 1);
    return which.chars().allMatch(Character::isDigit)
        ? String.valueOf(device.index()).equals(which)
        : (device.name() + "\n" + device.driver()).toLowerCase(Locale.ROOT).contains(which);
  }
}
