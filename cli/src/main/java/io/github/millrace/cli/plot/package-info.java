/**
 * Pictures as SVG and the page that holds them: one file, without scripts and without a network.
 */
package io.github.millrace.cli.plot;
