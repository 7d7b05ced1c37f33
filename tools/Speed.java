import io.github.millrace.design.Band;
import io.github.millrace.design.fir.Window;
import io.github.millrace.design.fir.WindowedFir;
import io.github.millrace.plan.*;
import io.github.millrace.signal.*;
import io.github.millrace.stage.*;
import java.lang.foreign.ValueLayout;
import java.nio.file.*;
import java.util.Arrays;

/** Filters the float64 samples of a file for tools/peers.py: Speed IN OUT butter|fir, one thread, Java backend. */
void main(String[] args) throws Exception {
  var bytes = java.nio.ByteBuffer.wrap(Files.readAllBytes(Path.of(args[0])));
  double[] x = new double[bytes.capacity() / 8];
  bytes.order(java.nio.ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(x);
  Stage stage =
      args[2].equals("fir")
          ? new FirDesign(new WindowedFir(Band.low(5_000), 4097, Window.HAMMING))
          : Iir.butterworth(8, Band.low(480));
  var format = new StreamFormat(48_000, 1, SampleType.FLOAT64);
  var options = PlanOptions.DEFAULTS.withBackend("java").withThreads(1);
  try (var plan = Pipeline.of(stage).prepare(format, options);
      var in = SignalBuffer.ofPlanar(x);
      var out = SignalBuffer.allocate(format, x.length)) {
    for (int run = 0; run < 20; run++) {
      plan.forward(in, out);
    }
    double[] rates = new double[9];
    for (int run = 0; run < rates.length; run++) {
      plan.reset();
      long start = System.nanoTime();
      plan.forward(in, out);
      rates[run] = x.length * 1e3 / (System.nanoTime() - start);
    }
    byte[] written = out.plane(0).toArray(ValueLayout.JAVA_BYTE);
    Files.write(Path.of(args[1]), written);
    Arrays.sort(rates);
    IO.println(rates[rates.length / 2]);
  }
}
