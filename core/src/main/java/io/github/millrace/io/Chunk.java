package io.github.millrace.io;

import java.util.Arrays;

/** One metadata chunk of a RIFF file, kept as it was read; immutable. */
public final class Chunk {

  private final String id;
  private final byte[] content;

  /**
   * A chunk.
   *
   * @param id four characters of ISO 8859-1, such as {@code bext} or {@code "cue "}
   * @param content bytes after the chunk header, without the pad byte; copied
   * @throws IllegalArgumentException if the id has another length
   */
  public Chunk(String id, byte[] content) {
    if (id.length() != 4) {
      throw new IllegalArgumentException(
          "chunk id '" + id + "' has " + id.length() + " characters, expected 4");
    }
    this.id = id;
    this.content = content.clone();
  }

  /** The four characters that name the chunk. */
  public String id() {
    return id;
  }

  /** Size of the content in bytes. */
  public int size() {
    return content.length;
  }

  /** A copy of the content. */
  public byte[] content() {
    return content.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Chunk chunk
        && chunk.id.equals(id)
        && Arrays.equals(chunk.content, content);
  }

  @Override
  public int hashCode() {
    return 31 * id.hashCode() + Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return "Chunk['" + id + "' " + content.length + " bytes]";
  }
}
