package io.github.millrace.choice.cost;

import io.github.millrace.plan.DeviceDescription;

/**
 * What a measurement holds for: another device or another driver is another machine.
 *
 * @param backend name of the backend
 * @param device name of the device
 * @param driver name and version of its driver
 */
public record DeviceKey(String backend, String device, String driver) {

  /** Replaces what would end a field of a profile. */
  public DeviceKey {
    backend = plain(backend);
    device = plain(device);
    driver = plain(driver);
  }

  /** The key of a device. */
  public static DeviceKey of(DeviceDescription device) {
    return new DeviceKey(device.backend(), device.name(), device.driver());
  }

  private static String plain(String text) {
    return text.replace('|', '/').replace('\n', ' ').replace('\r', ' ').strip();
  }
}
