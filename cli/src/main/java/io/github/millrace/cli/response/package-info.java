/** The frequency response of a chain of stages, computed, told in words and drawn. */
package io.github.millrace.cli.response;
