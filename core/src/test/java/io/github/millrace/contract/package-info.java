/**
 * What every backend must do, whatever the hardware.
 *
 * <p>Chain of trust: closed forms, then SciPy golden data, then the design code, then the Java
 * backend against textbook loops in this package ({@link io.github.millrace.contract.Oracle}), then
 * every other backend. No link is tested against one below it.
 */
package io.github.millrace.contract;
