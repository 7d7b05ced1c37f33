/** For those who write stages of their own: a base for kernels that look ahead, and a check. */
package io.github.millrace.stage.custom;
