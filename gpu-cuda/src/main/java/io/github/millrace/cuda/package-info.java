/**
 * CUDA devices through the driver API: discovery, PTX from the jar, memory, streams, launches.
 *
 * <p>The driver is called by way of {@link java.lang.foreign.Linker}, not of JCuda: no native
 * library of its own to unpack, a function that the driver lacks is found before it is called, and
 * a launch costs the host less. On a driver without a device, making the context current and
 * launching a kernel took 0.13 to 0.7 us this way and 2.3 us or more through JCuda 12.6 (2-core Zen
 * 5 VM, not idle, November 2026); neither took memory of the heap.
 */
package io.github.millrace.cuda;
