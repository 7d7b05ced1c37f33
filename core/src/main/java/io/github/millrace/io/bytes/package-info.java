/** Where bytes come from and go to: mapped files, pipes, temporary files. */
package io.github.millrace.io.bytes;
