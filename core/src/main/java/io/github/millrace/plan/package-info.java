/** Pipelines, and plans that run them on a device. */
package io.github.millrace.plan;
