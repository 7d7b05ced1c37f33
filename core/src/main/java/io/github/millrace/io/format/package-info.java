/** File formats: how headers are read and written, and where the samples lie. */
package io.github.millrace.io.format;
