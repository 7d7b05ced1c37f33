/* What the driver without a device says of itself and of its devices. */
#include <stdio.h>

#include "driver.h"

CUresult cuInit(unsigned flags) {
  ENTER("cuInit", 0);
  return entered ? entered : fake_devices ? 0 : NO_DEVICE;
}

CUresult cuDriverGetVersion(int *out) {
  *out = fake_version;
  return 0;
}

CUresult cuGetErrorName(CUresult code, const char **out) {
  static const char *const names[] = {[2] = "CUDA_ERROR_OUT_OF_MEMORY", [46] = "CUDA_ERROR_DEVICE_UNAVAILABLE",
                                      [100] = "CUDA_ERROR_NO_DEVICE", [218] = "CUDA_ERROR_INVALID_PTX",
                                      [700] = "CUDA_ERROR_ILLEGAL_ADDRESS"};
  *out = (unsigned)code < sizeof names / sizeof *names ? names[code] : NULL;
  return *out ? 0 : BAD_VALUE;
}

CUresult cuGetErrorString(CUresult code, const char **out) {
  *out = "as the test wants it";
  return 0;
}

CUresult cuDeviceGetCount(int *out) {
  ENTER("cuDeviceGetCount", 0);
  *out = fake_devices;
  return entered;
}

CUresult cuDeviceGet(CUdevice *out, int index) {
  ENTER("cuDeviceGet", 0);
  *out = 40 + index;
  return entered ? entered : index < fake_devices ? 0 : INVALID_DEVICE;
}

CUresult cuDeviceGetName(char *out, int bytes, CUdevice device) {
  ENTER("cuDeviceGetName", 0);
  snprintf(out, bytes, "Fake %d", device);
  return entered;
}

CUresult cuDeviceGetUuid_v2(CUuuid *out, CUdevice device) {
  ENTER("cuDeviceGetUuid_v2", 0);
  for (int i = 0; i < 16; i++) out->bytes[i] = (char)(device + i);
  return entered;
}

CUresult cuDeviceTotalMem_v2(size_t *out, CUdevice device) {
  ENTER("cuDeviceTotalMem_v2", 0);
  *out = fake_room;
  return entered;
}

/* Device 41 is too old, device 42 may not be used. */
CUresult cuDeviceGetAttribute(int *out, CUdevice_attribute attribute, CUdevice device) {
  ENTER("cuDeviceGetAttribute", 0);
  *out = attribute == 75 ? (device == 41 ? 6 : 9) : attribute == 16 ? 4 : attribute == 20 && device == 42 ? 2 : 0;
  return entered;
}
