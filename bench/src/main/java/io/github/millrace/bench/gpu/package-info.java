/** What a device with memory of its own reaches, beside its own copy and its own transfers. */
package io.github.millrace.bench.gpu;
