package io.github.millrace.run;

/**
 * Where the time of a run went, in seconds that add up to the whole: what threads do at the same
 * time, and wait for each other, counts for the work that was waited for.
 *
 * @param readSeconds waiting for the input
 * @param convertSeconds turning what is stored into samples, and samples into what is stored
 * @param transferSeconds copying samples to a device's memory and from it, by runs of more than one
 *     block; else that is part of the filtering
 * @param filterSeconds in the plan
 * @param writeSeconds waiting for the output, its completion included
 */
public record RunTimes(
    double readSeconds,
    double convertSeconds,
    double transferSeconds,
    double filterSeconds,
    double writeSeconds) {

  /**
   * What most of the time was waited for: {@code files}, {@code conversion}, the {@code link} to
   * the device, or its {@code kernels}.
   */
  public String bound() {
    double files = readSeconds + writeSeconds;
    double most =
        Math.max(Math.max(files, convertSeconds), Math.max(transferSeconds, filterSeconds));
    if (most == filterSeconds) {
      return "kernels";
    }
    if (most == transferSeconds) {
      return "link";
    }
    return most == files ? "files" : "conversion";
  }
}
