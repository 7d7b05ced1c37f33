package io.github.millrace.simd;

import io.github.millrace.host.PrivateFolder;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The C library, loaded at most once, and the variants of it that this processor runs. A failure to
 * load is kept and told, not thrown. Any thread.
 *
 * <p>System properties: {@code millrace.native} is {@code off}, or the path of a library to load
 * instead of the one in the jar; {@code millrace.native.file} is the latter as a file, where a
 * launcher has put it, so that it need not be unpacked; {@code millrace.native.variant} names the
 * variant to use.
 */
final class NativeLibrary {

  static final String SWITCH = "millrace.native";
  private static final String FILE = "millrace.native.file";
  static final String VARIANT = "millrace.native.variant";

  private static final String OFF = "off";
  private static final String ABI = "millrace_abi_text";
  private static final long LONGEST_TEXT = 4096;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final FunctionDescriptor TYPE =
      FunctionDescriptor.ofVoid(
          LONG,
          ValueLayout.ADDRESS,
          LONG,
          LONG,
          ValueLayout.ADDRESS,
          LONG,
          LONG,
          LONG,
          LONG,
          LONG,
          LONG);

  private final SymbolLookup symbols;
  private final List<String> variants;
  private final String reason;

  private NativeLibrary(SymbolLookup symbols, List<String> variants, String reason) {
    this.symbols = symbols;
    this.variants = List.copyOf(variants);
    this.reason = reason;
  }

  /** The library that the system properties ask for. */
  static NativeLibrary get() {
    return Holder.LIBRARY;
  }

  /** Deferred, so that touching this class loads nothing. */
  private static final class Holder {
    static final NativeLibrary LIBRARY = load(System.getProperty(SWITCH, ""));
  }

  /**
   * Loads a library.
   *
   * @param choice {@code off}, a path, or empty for the library in the jar
   */
  static NativeLibrary load(String choice) {
    if (choice.equals(OFF)) {
      return absent("switched off by -D" + SWITCH + "=" + OFF);
    }
    try {
      Path file = choice.isEmpty() ? Unpacked.library() : Path.of(choice);
      SymbolLookup symbols = open(file);
      List<String> variants = variants(description(symbols));
      return variants.isEmpty()
          ? absent("the library has no variant for this processor")
          : new NativeLibrary(symbols, variants, "");
    } catch (IOException | RuntimeException | LinkageError e) {
      return absent(e.getMessage());
    }
  }

  @SuppressWarnings("restricted") // a library of our own, or one the user names
  private static SymbolLookup open(Path file) {
    return SymbolLookup.libraryLookup(file.toAbsolutePath(), Arena.global());
  }

  private static NativeLibrary absent(String reason) {
    return new NativeLibrary(null, List.of(), reason);
  }

  /** What the library says of itself, line by line. */
  private static List<String> description(SymbolLookup symbols) {
    MemorySegment text =
        symbols
            .find(ABI)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the library has no "
                            + ABI
                            + ": it is none of Millrace's, or an older one"));
    return string(text).lines().toList();
  }

  /** The variants it names last, after all that a library of this millrace.h must say. */
  private static List<String> variants(List<String> found) {
    List<String> expected = Structs.expected();
    for (int i = 0; i < expected.size(); i++) {
      String line = i < found.size() ? found.get(i) : "";
      if (!line.equals(expected.get(i))) {
        throw new IllegalStateException(
            "the library is of another Millrace: '"
                + line
                + "', expected '"
                + expected.get(i)
                + "'");
      }
    }
    return found.subList(expected.size(), found.size());
  }

  @SuppressWarnings("restricted") // a constant string of the library
  private static String string(MemorySegment text) {
    return text.reinterpret(LONGEST_TEXT).getString(0);
  }

  /** Whether the library is loaded. */
  boolean isLoaded() {
    return symbols != null;
  }

  /** Why it is not; empty where it is. */
  String reason() {
    return reason;
  }

  /** The variants that this processor runs, best first. */
  List<String> variants() {
    return variants;
  }

  /** The variant of this name, or the best where it is empty; empty where there is none. */
  Optional<String> variant(String asked) {
    return variants.stream().filter(name -> asked.isEmpty() || name.equals(asked)).findFirst();
  }

  /**
   * A function of the library, which has the arguments that millrace.h gives all of them: to link
   * functions of one more type would cost a start 7 ms.
   *
   * @throws IllegalStateException if the library is absent or has no such function
   */
  @SuppressWarnings("restricted") // the types are those of millrace.h
  MethodHandle function(String name) {
    if (!isLoaded()) {
      throw new IllegalStateException("the native library is absent: " + reason);
    }
    return Linker.nativeLinker().downcallHandle(address(symbols, name), TYPE);
  }

  /**
   * {@link #function} for samples in arrays. No call may take longer than some 50 us: until it is
   * over, the garbage collector waits.
   */
  @SuppressWarnings("restricted") // the types are those of millrace.h
  MethodHandle arrayFunction(String name) {
    return Linker.nativeLinker()
        .downcallHandle(address(symbols, name), TYPE, Linker.Option.critical(true));
  }

  /**
   * Calls a function with all its arguments.
   *
   * @param plan address of the struct of its kind
   * @param in where input begins, {@code inAt} bytes before the first sample
   */
  static void call(
      MethodHandle function,
      long plan,
      MemorySegment in,
      long inAt,
      long inStride,
      MemorySegment out,
      long outAt,
      long outStride,
      long channels,
      long frames,
      long state,
      long scratch) {
    try {
      function.invokeExact(
          plan, in, inAt, inStride, out, outAt, outStride, channels, frames, state, scratch);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  /** Calls a function with the frames of a block, and those that they become. */
  static void call(MethodHandle function, long plan, Span in, Span out, long state, long scratch) {
    call(
        function,
        plan,
        in.base,
        in.at,
        in.strideBytes,
        out.base,
        out.at,
        out.strideBytes,
        in.channels,
        in.frames,
        state,
        scratch);
  }

  /** Calls a function that says how many bytes of each kind of memory a plan wants. */
  static long[] bytes(MethodHandle function, long plan, int kinds) {
    MemorySegment none = MemorySegment.NULL;
    try (Arena brief = Arena.ofConfined()) {
      MemorySegment answer = brief.allocate(LONG, kinds);
      call(function, plan, none, 0, 0, none, 0, 0, 0, 0, answer.address(), 0);
      return answer.toArray(LONG);
    }
  }

  /** What becomes of something thrown by a call, which nothing in C does. */
  private static IllegalStateException failure(Throwable e) {
    return new IllegalStateException("a native call failed: " + e, e);
  }

  private static MemorySegment address(SymbolLookup symbols, String name) {
    return symbols
        .find(name)
        .orElseThrow(() -> new IllegalStateException("the library has no function " + name));
  }

  /** The library in the jar, unpacked to a folder that only the user can write. */
  private static final class Unpacked {

    private static final String FOLDER = "/io/github/millrace/simd/";
    private static final String NAME = "libmillrace.so";

    static Path library() throws IOException {
      String there = System.getProperty(FILE, "");
      if (new File(there).isFile()) {
        return Path.of(there);
      }
      byte[] content = resource(platform() + "/" + NAME);
      String name = Integer.toHexString(java.util.Arrays.hashCode(content)) + "-" + NAME;
      return PrivateFolder.file("native", name, content);
    }

    private static byte[] resource(String name) throws IOException {
      try (InputStream in = NativeLibrary.class.getResourceAsStream(FOLDER + name)) {
        if (in != null) {
          return in.readAllBytes();
        }
      }
      throw new IOException("built without a C compiler: no library for " + platform());
    }

    private static String platform() {
      return System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT)
          + "-"
          + System.getProperty("os.arch");
    }
  }
}
