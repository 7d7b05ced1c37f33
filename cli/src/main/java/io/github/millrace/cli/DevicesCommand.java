package io.github.millrace.cli;

import io.github.millrace.choice.Backends;
import io.github.millrace.cli.options.ExitCode;
import io.github.millrace.cli.options.Streams;
import io.github.millrace.cli.options.Subcommand;
import io.github.millrace.cli.text.Figures;
import io.github.millrace.cli.text.JsonWriter;
import io.github.millrace.plan.DeviceDescription;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code millrace devices}.
 *
 * @param streams where to print
 */
record DevicesCommand(Streams streams) implements Subcommand {

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Subcommand.named("devices", this);
    spec.addOption(Subcommand.flag("--json", "Prints JSON."));
    spec.usageMessage()
        .description("Lists the devices of all backends, absent ones with the reason.")
        .footer(
            "",
            "The order is that in which --backend auto asks them. To choose one: --backend opencl,",
            "--backend opencl:1 or --backend opencl:PART-OF-ITS-NAME; of a CUDA device also its",
            "UUID, or the beginning of it: --backend cuda:GPU-0123abcd.",
            "",
            "Examples:",
            "  millrace devices",
            "  millrace devices --json");
    return spec;
  }

  @Override
  public int run(ParseResult parsed) {
    List<DeviceDescription> devices = Backends.devices();
    if (parsed.hasMatchedOption("--json")) {
      List<Object> entries = new ArrayList<>();
      devices.forEach(device -> entries.add(fields(device)));
      streams.out().print(JsonWriter.write(Map.of("devices", entries)));
    } else {
      devices.forEach(device -> print(device, streams.out()));
    }
    return ExitCode.DONE;
  }

  private static Map<String, Object> fields(DeviceDescription device) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("backend", device.backend());
    fields.put("name", device.name());
    fields.put("available", device.available());
    fields.put("reason", device.reason());
    fields.put("memoryBytes", device.memoryBytes());
    fields.put("fp64", device.fp64());
    fields.put("driver", device.driver());
    return fields;
  }

  private static void print(DeviceDescription device, PrintStream out) {
    String name = device.backend() + ":" + device.index();
    if (!device.available()) {
      out.println(name + "  absent: " + device.reason());
      return;
    }
    out.println(name + "  " + device.name());
    String memory = device.memoryBytes() == 0 ? "unknown" : Figures.bytes(device.memoryBytes());
    out.println("        memory " + memory + ", " + (device.fp64() ? "float64" : "float32 only"));
    out.println("        driver " + device.driver());
  }
}
