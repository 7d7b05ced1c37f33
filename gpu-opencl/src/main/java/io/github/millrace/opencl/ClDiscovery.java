package io.github.millrace.opencl;

import static org.jocl.CL.CL_DEVICE_TYPE_ALL;
import static org.jocl.CL.CL_PLATFORM_NAME;
import static org.jocl.CL.clGetDeviceIDs;
import static org.jocl.CL.clGetPlatformIDs;

import io.github.millrace.host.SignalDispositions;
import io.github.millrace.plan.DeviceDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/** Every device of every platform, found at the first question; never throws. */
final class ClDiscovery {

  /** What the ICD loader answers where no driver is registered. */
  private static final int NO_PLATFORM = -1001;

  /** The devices of this machine, asked once. */
  private static final class Once {
    static final ClDiscovery MACHINE = new ClDiscovery(ClLibrary.absence());
  }

  private final List<ClDevice> devices = new ArrayList<>();
  private final List<DeviceDescription> infos = new ArrayList<>();

  /** Looks, unless it is known that there is no library. */
  ClDiscovery(Optional<String> absence) {
    if (absence.isPresent()) {
      infos.add(DeviceDescription.absent(OpenClBackend.NAME, absence.get()));
      return;
    }
    try (var _ = SignalDispositions.keepWatched()) {
      for (cl_platform_id platform : platforms()) {
        look(platform);
      }
    } catch (CLException e) {
      infos.add(DeviceDescription.absent(OpenClBackend.NAME, reason(e)));
    }
    if (infos.isEmpty()) {
      infos.add(DeviceDescription.absent(OpenClBackend.NAME, "no platform has a device"));
    }
  }

  /** The devices of this machine. */
  static ClDiscovery machine() {
    return Once.MACHINE;
  }

  private static cl_platform_id[] platforms() {
    int[] count = new int[1];
    clGetPlatformIDs(0, null, count);
    cl_platform_id[] platforms = new cl_platform_id[count[0]];
    clGetPlatformIDs(platforms.length, platforms, null);
    return platforms;
  }

  /** One platform that fails does not hide the others. */
  private void look(cl_platform_id platform) {
    try {
      int[] count = new int[1];
      clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, 0, null, count);
      cl_device_id[] ids = new cl_device_id[count[0]];
      clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, ids.length, ids, null);
      for (cl_device_id id : ids) {
        ClDevice device = ClDevice.of(platform, id, devices.size());
        devices.add(device);
        infos.add(device.info());
      }
    } catch (CLException e) {
      String name = ClDevice.text(platform, CL_PLATFORM_NAME);
      infos.add(
          DeviceDescription.absent(OpenClBackend.NAME, "platform " + name + ": " + reason(e)));
    }
  }

  private static String reason(CLException e) {
    return e.getStatus() == NO_PLATFORM
        ? "the OpenCL library is here, but no driver is installed (CL_PLATFORM_NOT_FOUND_KHR)"
        : CL.stringFor_errorCode(e.getStatus());
  }

  /** What was found, or why nothing was; never empty. */
  List<DeviceDescription> infos() {
    return List.copyOf(infos);
  }

  /** The device that was found under this description. */
  Optional<ClDevice> device(DeviceDescription info) {
    return devices.stream().filter(device -> device.info().equals(info)).findFirst();
  }
}
