/** The one plan that drives every device, over a chain of steps. */
package io.github.millrace.engine;
