/**
 * What every device with kernels of its own shares: blocks in its memory, tables, and which kernels
 * to launch; a driver supplies the rest as an {@link io.github.millrace.gpu.Accelerator}.
 */
package io.github.millrace.gpu;
