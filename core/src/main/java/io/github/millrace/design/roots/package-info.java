/** Polynomials and their roots, and minima: numerics under the design of filters. */
package io.github.millrace.design.roots;
