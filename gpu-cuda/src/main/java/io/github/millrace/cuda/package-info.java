/**
 * CUDA devices through the driver API: discovery, PTX from the jar, memory, streams, launches.
 *
 * <p>The driver is called by way of {@link java.lang.foreign.Linker}, not of JCuda: no native
 * library of its own to unpack, a function that the driver lacks is found before it is called, and
 * a launch takes no memory.
 */
package io.github.millrace.cuda;
