package io.github.millrace.choice;

import io.github.millrace.choice.cost.Profile;
import io.github.millrace.choice.cost.ProfileFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What a planner knows beside its options: system properties, environment variables and the
 * measured profile. Any thread.
 *
 * @param property looks up a system property, null where it is not set
 * @param variable looks up an environment variable, null where it is not set
 * @param profile reads the profile, asked only where it matters
 * @param warning takes what the user should know
 */
public record Environment(
    UnaryOperator<String> property,
    UnaryOperator<String> variable,
    Supplier<Profile.Reading> profile,
    Consumer<String> warning) {

  /** Read once: a profile of some hundred lines does not change the plans of a running program. */
  private static final class Once {
    static final Profile.Reading PROFILE =
        profilePath().map(ProfileFile::read).orElseGet(() -> new Profile.Reading(Profile.EMPTY));

    static final Set<String> TOLD = ConcurrentHashMap.newKeySet();
  }

  /** This process's; warnings go to the logger of this package. */
  public static Environment system() {
    return system(
        text -> System.getLogger("io.github.millrace.plan").log(System.Logger.Level.WARNING, text));
  }

  /** This process's; the same warning is given once. */
  public static Environment system(Consumer<String> warning) {
    return new Environment(
        System::getProperty,
        System::getenv,
        () -> Once.PROFILE,
        text -> {
          if (Once.TOLD.add(text)) {
            warning.accept(text);
          }
        });
  }

  /** Nothing but a profile: no property, no variable, no warning. */
  public static Environment of(Profile profile) {
    return new Environment(
        name -> null, name -> null, () -> new Profile.Reading(profile), text -> {});
  }

  /** Where this process's profile lies; empty where it is switched off. */
  public static Optional<Path> profilePath() {
    return ProfileFile.path(System::getProperty, System::getenv);
  }
}
