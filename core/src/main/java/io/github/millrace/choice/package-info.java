/** How a device is chosen: what was asked, what was measured, who decides. */
package io.github.millrace.choice;
