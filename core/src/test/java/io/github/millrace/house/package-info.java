/**
 * The rules of the house, read from the source tree itself; each rule is shown to catch a planted
 * violation.
 */
package io.github.millrace.house;
