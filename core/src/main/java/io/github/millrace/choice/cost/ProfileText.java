package io.github.millrace.choice.cost;

import io.github.millrace.signal.SampleType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The text of a profile: a line that names format and version, and one line per device and per kind
 * of stage on it, fields between bars, times in nanoseconds. What cannot be read is left out, with
 * a warning.
 */
public final class ProfileText {

  /** The first line. */
  static final String HEADER = "millrace profile 1";

  private static final String AGAIN = "; run millrace tune again";
  private static final String BAR = " | ";
  private static final String DEVICE = "device";
  private static final String SHARED = "shared memory";
  private static final MathContext DIGITS = new MathContext(5);

  private final Map<DeviceKey, DeviceCost> devices = new LinkedHashMap<>();
  private final Map<StepKey, StepCost> steps = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();

  private ProfileText() {}

  /**
   * The text of a profile.
   *
   * @param remark how it was made, one line
   */
  public static String write(Profile profile, String remark) {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    text.append("# ").append(remark.replace('\n', ' ')).append('\n');
    profile.devices().forEach((key, cost) -> line(text, key, DEVICE, write(cost)));
    profile.steps().forEach((key, cost) -> line(text, key.device(), key(key), write(key, cost)));
    return text.toString();
  }

  private static void line(StringBuilder text, DeviceKey device, String... rest) {
    text.append(device.backend()).append(BAR).append(device.device());
    text.append(BAR).append(device.driver());
    for (String field : rest) {
      text.append(BAR).append(field);
    }
    text.append('\n');
  }

  private static String key(StepKey key) {
    String threads = key.threads() == 0 ? "any" : Integer.toString(key.threads());
    return key.type().shortName()
        + " in "
        + key.arithmetic().shortName()
        + BAR
        + key.kind().word()
        + BAR
        + threads
        + " threads";
  }

  private static String write(DeviceCost cost) {
    return "start "
        + number(cost.startNanos())
        + " ns, call "
        + number(cost.callNanos())
        + " ns, block "
        + Math.round(cost.blockBytes())
        + " bytes, "
        + (cost.up().isEmpty()
            ? SHARED
            : "up " + write(cost.up().get()) + ", down " + write(cost.down().orElseThrow()));
  }

  private static String write(DeviceCost.Transfer transfer) {
    return number(transfer.overheadNanos())
        + " ns + "
        + number(transfer.byteNanos())
        + " ns a byte";
  }

  private static String write(StepKey key, StepCost cost) {
    String unit = key.kind().unit();
    return "sequential "
        + write(cost.sequential(), unit)
        + cost.parallel().map(path -> BAR + "parallel " + write(path, unit)).orElse("");
  }

  private static String write(PathCost path, String unit) {
    return number(path.overheadNanos())
        + " ns + "
        + number(path.frameNanos())
        + " ns a frame + "
        + number(path.unitNanos())
        + " ns a "
        + unit
        + ", "
        + number(path.channelsAtOnce())
        + " channels at once";
  }

  private static String number(double value) {
    BigDecimal rounded = new BigDecimal(value, DIGITS);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /** Reads a profile; never throws. */
  public static Profile.Reading read(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
      String first = lines.isEmpty() ? "" : lines.getFirst();
      String warning = "the profile begins with '" + first + "', expected '" + HEADER + "'";
      return new Profile.Reading(Profile.EMPTY, List.of(warning + AGAIN));
    }
    ProfileText reading = new ProfileText();
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.isBlank() && !line.startsWith("#")) {
        reading.read(line, i + 1);
      }
    }
    return new Profile.Reading(new Profile(reading.devices, reading.steps), reading.warnings);
  }

  private void read(String line, int number) {
    try {
      List<String> fields = fields(line);
      DeviceKey device = new DeviceKey(fields.get(0), fields.get(1), fields.get(2));
      if (fields.get(3).equals(DEVICE)) {
        devices.put(device, device(new Words(fields.get(4))));
      } else {
        step(device, fields);
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      warnings.add("line " + number + " of the profile is ignored: " + e.getMessage() + AGAIN);
    }
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    int at = 0;
    for (int bar = line.indexOf(BAR); bar >= 0; bar = line.indexOf(BAR, at)) {
      fields.add(line.substring(at, bar));
      at = bar + BAR.length();
    }
    fields.add(line.substring(at));
    return fields;
  }

  private static DeviceCost device(Words words) {
    double start = words.expect("start").number();
    double call = words.expect("ns,").expect("call").number();
    double block = words.expect("ns,").expect("block").number();
    words.expect("bytes,");
    if (words.rest().equals(SHARED)) {
      return new DeviceCost(start, call, block, Optional.empty(), Optional.empty());
    }
    DeviceCost.Transfer up = transfer(words.expect("up"), "byte,");
    DeviceCost.Transfer down = transfer(words.expect("down"), "byte");
    words.end();
    return new DeviceCost(start, call, block, Optional.of(up), Optional.of(down));
  }

  private static DeviceCost.Transfer transfer(Words words, String last) {
    double overhead = words.number();
    double each = words.expect("ns").expect("+").number();
    words.expect("ns").expect("a").expect(last);
    return new DeviceCost.Transfer(overhead, each);
  }

  private void step(DeviceKey device, List<String> fields) {
    Words types = new Words(fields.get(3));
    SampleType type = SampleType.parse(types.next());
    SampleType arithmetic = SampleType.parse(types.expect("in").next());
    StageKind kind = StageKind.of(fields.get(4));
    Words threads = new Words(fields.get(5));
    String count = threads.next();
    threads.expect("threads").end();
    StepKey key =
        new StepKey(
            device, type, arithmetic, kind, count.equals("any") ? 0 : Integer.parseInt(count));
    PathCost sequential = path(new Words(fields.get(6)).expect("sequential"), kind);
    Optional<PathCost> parallel =
        fields.size() == 7
            ? Optional.empty()
            : Optional.of(path(new Words(fields.get(7)).expect("parallel"), kind));
    steps.put(key, new StepCost(sequential, parallel));
  }

  private static PathCost path(Words words, StageKind kind) {
    double overhead = words.number();
    double frame = words.expect("ns").expect("+").number();
    double unit = words.expect("ns").expect("a").expect("frame").expect("+").number();
    double channels = words.expect("ns").expect("a").expect(kind.unit() + ",").number();
    words.expect("channels").expect("at").expect("once").end();
    return new PathCost(overhead, frame, unit, channels);
  }
}
