/** What a backend supplies: devices, kernels, and the steps they run. */
package io.github.millrace.backend;
