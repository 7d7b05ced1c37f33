/** OpenCL devices through JOCL: discovery, programs and their cache, memory, launches. */
package io.github.millrace.opencl;
