package io.github.millrace.cli;

import io.github.millrace.cli.options.ExitCode;
import io.github.millrace.cli.options.InputArguments;
import io.github.millrace.cli.options.Streams;
import io.github.millrace.cli.options.Subcommand;
import io.github.millrace.cli.text.Figures;
import io.github.millrace.cli.text.JsonWriter;
import io.github.millrace.io.Chunk;
import io.github.millrace.io.FileFormat;
import io.github.millrace.io.Scale;
import io.github.millrace.io.SignalFileException;
import io.github.millrace.io.SignalFiles;
import io.github.millrace.io.SignalReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code millrace info}.
 *
 * @param streams where to print
 */
record InfoCommand(Streams streams) implements Subcommand {

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Subcommand.named("info", this);
    spec.addPositional(
        PositionalParamSpec.builder()
            .required(true)
            .type(String.class)
            .index("0")
            .arity("1")
            .paramLabel("FILE")
            .description("A signal file, or - for standard input.")
            .build());
    spec.addOption(Subcommand.flag("--json", "Prints JSON."));
    InputArguments.declare(spec);
    spec.usageMessage()
        .description("Prints what a signal file is; a stream is read to its end for that.")
        .footer(
            "",
            "Examples:",
            "  millrace info in.wav",
            "  millrace info --json in.wav",
            "  millrace info --raw-format s16 --rate 48k --channels 2 in.raw");
    return spec;
  }

  @Override
  public int run(ParseResult parsed) throws IOException {
    String file = parsed.matchedPositionalValue(0, "");
    boolean json = parsed.hasMatchedOption("--json");
    try (SignalReader reader = new InputArguments(parsed).open(file, streams)) {
      print(file, Inspection.of(reader), json);
    } catch (SignalFileException e) {
      e.found().ifPresent(info -> print(file, info, json));
      throw e;
    }
    return ExitCode.DONE;
  }

  private void print(String file, FileFormat info, boolean json) {
    if (json) {
      streams.out().print(JsonWriter.write(fields(file, info)));
    } else {
      print(file, info);
    }
    String name = file.equals(SignalFiles.STANDARD_STREAM) ? "standard input" : file;
    info.notes().forEach(note -> streams.warn(name + ": " + note));
  }

  private static Map<String, Object> fields(String file, FileFormat info) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("file", file);
    fields.put("format", info.container().shortName());
    fields.put("encoding", info.encoding().shortName());
    if (info.encoding().isInteger()) {
      fields.put("fullScale", Scale.COUNTS.fullScale(info.encoding()));
    }
    fields.put("sampleRate", info.sampleRate() == 0 ? null : info.sampleRate());
    fields.put("channels", info.channels());
    fields.put("channelMask", info.channelMask());
    fields.put("frames", info.frames() < 0 ? null : info.frames());
    fields.put("seconds", info.seconds());
    List<Object> chunks = new ArrayList<>();
    for (Chunk chunk : info.metadata()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("id", chunk.id());
      entry.put("bytes", chunk.size());
      chunks.add(entry);
    }
    fields.put("metadata", chunks);
    fields.put("notes", info.notes());
    return fields;
  }

  private void print(String file, FileFormat info) {
    PrintStream out = streams.out();
    boolean rated = info.sampleRate() > 0;
    out.println("file      " + file);
    out.println("format    " + info.container().shortName() + ", " + info.encoding().shortName());
    out.println("rate      " + (rated ? Figures.shortest(info.sampleRate()) + " Hz" : "unknown"));
    out.println("channels  " + info.channels() + mask(info));
    out.println("frames    " + length(info));
    if (info.encoding().isInteger()) {
      out.println("scale     " + scale(info));
    }
    if (!info.metadata().isEmpty()) {
      List<String> names = new ArrayList<>();
      for (Chunk chunk : info.metadata()) {
        names.add(chunk.id().strip() + " (" + Figures.count(chunk.size()) + " bytes)");
      }
      out.println("metadata  " + String.join(", ", names));
    }
  }

  private static String mask(FileFormat info) {
    return info.channelMask() == 0 ? "" : ", speakers 0x" + Integer.toHexString(info.channelMask());
  }

  private static String scale(FileFormat info) {
    if (info.scale() == Scale.COUNTS) {
      return "counts, the numbers themselves";
    }
    String zero = info.encoding().isSigned() ? "" : " from the middle of the range";
    double full = Scale.COUNTS.fullScale(info.encoding());
    return Figures.shortest(full) + " steps" + zero + " make 1; --scale counts keeps the numbers";
  }

  private static String length(FileFormat info) {
    double seconds = info.seconds();
    String time =
        Double.isNaN(seconds)
            ? ""
            : ", " + Figures.clock(seconds) + " (" + Figures.fixed(seconds, 3) + " s)";
    return Figures.count(info.frames()) + time;
  }
}
