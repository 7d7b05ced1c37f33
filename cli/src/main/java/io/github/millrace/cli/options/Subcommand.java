package io.github.millrace.cli.options;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * One command of the program.
 *
 * <p>Options are declared by calls, not by annotations: reading annotations by reflection took most
 * of the time from start to the first sample.
 */
public interface Subcommand {

  /** Makes what picocli asks for. */
  IFactory FACTORY = new Factory();

  /**
   * Makes lists without picocli's own factory, which when first used looks for a class of Groovy's
   * and so opens every jar of the class path: 15 ms.
   */
  final class Factory implements IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      return type.equals(List.class)
          ? type.cast(new ArrayList<>())
          : CommandLine.defaultFactory().create(type);
    }
  }

  /** What the command line may hold, and the help. */
  CommandSpec spec();

  /**
   * Does it.
   *
   * @return exit code
   */
  int run(ParseResult parsed) throws IOException;

  /** An empty specification of a command of this name, which a subcommand runs. */
  static CommandSpec named(String name, Subcommand command) {
    return CommandSpec.wrapWithoutInspection(command, FACTORY).name(name);
  }

  /** An option without a value. */
  static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).type(boolean.class).arity("0").description(description).build();
  }

  /** An option with a value of a type; a label such as {@code a|b} names all values there are. */
  static OptionSpec option(Class<?> type, String name, String label, String description) {
    OptionSpec.Builder option = OptionSpec.builder(name).type(type).arity("1");
    if (label.contains("|")) {
      option.completionCandidates(List.of(label.split("\\|", -1)));
    }
    return option.paramLabel(label).description(description).build();
  }

  /** An option with a text. */
  static OptionSpec option(String name, String label, String description) {
    return option(String.class, name, label, description);
  }

  /** All words that are no options. */
  static PositionalParamSpec words(String label, String arity) {
    return PositionalParamSpec.builder()
        .type(List.class)
        .auxiliaryTypes(String.class)
        .index("0..*")
        .arity(arity)
        .required(!arity.startsWith("0"))
        .paramLabel(label)
        .hidden(true)
        .build();
  }

  /** The words of {@link #words}. */
  static List<String> words(ParseResult parsed) {
    return parsed.matchedPositionalValue(0, List.of());
  }
}
