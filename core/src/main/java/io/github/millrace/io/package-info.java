/**
 * Signal files: readers and writers of every format in {@link io.github.millrace.io.Container}.
 *
 * <p>{@code SignalFiles} opens and creates; the formats themselves are in {@code format} (one class
 * each), the conversion of samples in {@code pcm}, and files, pipes and temporary files in {@code
 * bytes}. A new format is one class in {@code format}, one line in {@code Container} and one in
 * {@code Formats}; the round-trip contract test then runs over it.
 */
package io.github.millrace.io;
