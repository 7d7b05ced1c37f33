/** Where bytes come from and go to: files, pipes, temporary files. */
package io.github.millrace.io.bytes;
