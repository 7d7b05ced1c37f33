/** Design of finite impulse responses: windows, multiband, least squares, Parks-McClellan. */
package io.github.millrace.design.fir;
