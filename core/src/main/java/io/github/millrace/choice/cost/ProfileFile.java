package io.github.millrace.choice.cost;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where the profile of a user lies. Any thread. */
public final class ProfileFile {

  /** The word that stands for no profile at all. */
  private static final String OFF = "off";

  private ProfileFile() {}

  /**
   * The profile's path: the system property {@code millrace.profile}, else the environment variable
   * {@code MILLRACE_PROFILE}, else {@code millrace/profile} in the user's configuration folder
   * ({@code XDG_CONFIG_HOME}, or {@code .config} at home).
   *
   * @param property looks up a system property, null where it is not set
   * @param variable looks up an environment variable, null where it is not set
   * @return empty where the profile is {@code off}
   */
  public static Optional<Path> path(
      UnaryOperator<String> property, UnaryOperator<String> variable) {
    String named = property.apply("millrace.profile");
    if (named == null || named.isEmpty()) {
      named = variable.apply("MILLRACE_PROFILE");
    }
    if (named != null && !named.isEmpty()) {
      return named.equals(OFF) ? Optional.empty() : Optional.of(Path.of(named));
    }
    String folder = variable.apply("XDG_CONFIG_HOME");
    Path root =
        folder == null || folder.isEmpty()
            ? Path.of(property.apply("user.home"), ".config")
            : Path.of(folder);
    return Optional.of(root.resolve("millrace").resolve("profile"));
  }

  /** Reads a profile; one that is not there is empty, one that cannot be read warns. */
  public static Profile.Reading read(Path file) {
    try {
      return ProfileText.read(Files.readString(file, UTF_8));
    } catch (NoSuchFileException e) {
      return new Profile.Reading(Profile.EMPTY);
    } catch (IOException e) {
      return new Profile.Reading(
          Profile.EMPTY, List.of("the profile " + file + " cannot be read: " + e.getMessage()));
    }
  }

  /**
   * Replaces a profile at once: whoever reads it finds the old or the new one whole.
   *
   * @param text as {@link ProfileText#write} made it
   * @throws IOException if it cannot be written; the old one then stays
   */
  public static void replace(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path part = Files.createTempFile(folder, "profile", ".part");
    try {
      Files.writeString(part, text, UTF_8);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
