package io.github.millrace.cpu.resample;

/**
 * Where output frames lie between input frames when a filter reaches {@code half} frames ahead, for
 * any number of frames that fits a long: output k lies at input time {@code k down / up} and can be
 * written once the frame {@code half} after it has been read.
 *
 * @param up output frames per {@code down} input frames
 * @param down input frames
 * @param half frames of look-ahead
 */
public record ResampleClock(int up, int down, int half) {

  /** Output frames that can be written once this many were read; exact modulo 2^64. */
  public long written(long read) {
    long done = read - half;
    return done <= 0 ? 0 : done / down * up + partial(done % down);
  }

  /**
   * The input frame before the next output frame, counted from the frame {@code half} before the
   * next to be read.
   */
  public int skip(long read) {
    long done = read - half;
    return done <= 0 ? (int) -done : (int) (ahead(done) / up);
  }

  /** The phase of the next output frame: how far it lies after that input frame, in 1 / up. */
  public int phase(long read) {
    long done = read - half;
    return done <= 0 ? 0 : (int) (ahead(done) % up);
  }

  /** From input frame {@code done} to the next output frame, in 1 / up of an input frame. */
  private long ahead(long done) {
    return partial(done % down) * down - done % down * up;
  }

  /** Outputs before this input frame: the count rounded up. */
  private long partial(long frames) {
    return (frames * up + down - 1) / down;
  }

  /**
   * The most output frames that this many input frames can complete, ceil(frames up / down); the
   * largest long where it does not fit one.
   */
  public long most(long frames) {
    long periods = frames / down;
    return periods >= Long.MAX_VALUE / up ? Long.MAX_VALUE : periods * up + partial(frames % down);
  }
}
