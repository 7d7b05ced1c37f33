/** C kernels through the foreign function interface, and the backend that runs them. */
package io.github.millrace.simd;
