/** Samples as they are stored, to and from the planes of a buffer. */
package io.github.millrace.io.pcm;
