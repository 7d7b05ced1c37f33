/** What is done to metadata chunks when the signal that they describe has changed. */
package io.github.millrace.io.metadata;
