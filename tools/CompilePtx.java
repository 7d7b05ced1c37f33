import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.millrace.gpu.KernelCatalog;
import io.github.millrace.gpu.KernelSource;
import io.github.millrace.gpu.Limits;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Compiles the folder kernels to PTX with nvcc, once for each set of constants that a stage can ask
 * for, into one archive a kernel file:
 *
 * <pre>java -cp core/target/classes tools/CompilePtx.java [KERNEL-FILE...]</pre>
 *
 * <p>With {@code --fresh} it compiles nothing, and fails if an archive was made from other kernels;
 * with {@code --again} it compiles one source of each file, and fails if that is not what the
 * archive holds, or exits with 77 where the compiler is another one.
 *
 * <p>The target is sm_75, which every later device runs; nobody has measured yet what a newer
 * target would gain. The version is lowered to 8.0, the first that drivers for CUDA 12 know, since
 * nvcc writes its own and older drivers refuse that.
 */
final class CompilePtx {

  private static final Path KERNELS = Path.of("kernels");
  private static final Path OUTPUT = Path.of("gpu-cuda/src/main/resources/io/github/millrace/cuda");

  /** As for OpenCL: subnormals of float32 are zero, contraction allowed, nothing else loosened. */
  private static final List<String> FLAGS =
      List.of("-x", "cu", "-ptx", "-arch=sm_75", "-ftz=true", "-diag-suppress", "177");

  private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*//.*\n|^\\s*\n");

  /** 1980-01-01, where the times of zip entries begin: the same bytes whenever it is built. */
  private static final java.time.LocalDateTime EPOCH = java.time.LocalDateTime.of(1980, 1, 1, 0, 0);

  private static final String MADE_BY = "made-by";
  private static final int SKIPPED = 77;

  public static void main(String[] files) throws Exception {
    List<String> asked = List.of(files);
    boolean all = asked.isEmpty() || asked.getFirst().startsWith("--");
    Map<String, List<KernelSource>> sources =
        KernelCatalog.of(Limits.ofCuda(1, Long.MAX_VALUE)).stream()
            .filter(source -> all || asked.contains(source.file()))
            .collect(Collectors.groupingBy(KernelSource::file, TreeMap::new, Collectors.toList()));
    if (asked.contains("--fresh")) {
      requireFresh(sources.keySet());
    } else if (asked.contains("--again")) {
      System.exit(compileAgain(sources.values()));
    } else {
      archive(sources);
    }
  }

  private static void requireFresh(Set<String> files) throws IOException {
    for (String file : files) {
      if (!entry(file, MADE_BY).endsWith("\n" + hash(file) + "\n")) {
        throw new IOException(file + ".zip was made from other kernels: run tools/CompilePtx.java");
      }
    }
  }

  private static int compileAgain(Iterable<List<KernelSource>> files) throws Exception {
    for (List<KernelSource> sources : files) {
      KernelSource source = sources.getFirst();
      String made = entry(source.file(), MADE_BY).lines().findFirst().orElseThrow();
      if (!compiler().equals(made)) {
        System.out.println("made by " + made + ", here is " + compiler());
        return SKIPPED;
      }
      if (!compile(source).equals(entry(source.file(), source.definitions()))) {
        throw new IOException(source + " compiles to something else than the archive holds");
      }
    }
    return 0;
  }

  private static String entry(String file, String name) throws IOException {
    try (ZipFile zip = new ZipFile(OUTPUT.resolve(file + ".zip").toFile())) {
      return new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), UTF_8);
    }
  }

  private static void archive(Map<String, List<KernelSource>> sources) throws Exception {
    Files.createDirectories(OUTPUT);
    try (ExecutorService pool =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      for (Map.Entry<String, List<KernelSource>> entry : sources.entrySet()) {
        archive(entry.getKey(), entry.getValue(), pool);
      }
    }
  }

  private static void archive(String file, List<KernelSource> sources, ExecutorService pool)
      throws IOException, InterruptedException, ExecutionException {
    List<Future<String>> texts = new ArrayList<>();
    for (KernelSource source : sources) {
      texts.add(pool.submit(() -> compile(source)));
    }
    Path archive = OUTPUT.resolve(file + ".zip");
    try (OutputStream out = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(9);
      add(zip, MADE_BY, compiler() + "\n" + hash(file) + "\n");
      for (int i = 0; i < sources.size(); i++) {
        add(zip, sources.get(i).definitions(), texts.get(i).get());
      }
    }
    System.out.printf("%s: %d, %d bytes%n", archive, sources.size(), Files.size(archive));
  }

  private static void add(ZipOutputStream zip, String name, String text) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(EPOCH);
    zip.putNextEntry(entry);
    zip.write(text.getBytes(UTF_8));
    zip.closeEntry();
  }

  /** A source as PTX, below a line that names it. */
  static String compile(KernelSource source) throws IOException, InterruptedException {
    Path ptx = Files.createTempFile("millrace", ".ptx");
    try {
      List<String> command = new ArrayList<>(List.of("nvcc"));
      command.addAll(FLAGS);
      command.addAll(List.of(source.definitions().split(" ")));
      command.addAll(List.of(KERNELS.resolve(source.file() + ".cl").toString(), "-o", "" + ptx));
      run(command);
      String text = COMMENT.matcher(Files.readString(ptx)).replaceAll("");
      String lowered = text.replaceFirst("\\.version [0-9.]+", ".version 8.0").replace("\t", " ");
      return "// " + source.file() + " " + source.definitions() + "\n" + lowered;
    } finally {
      Files.delete(ptx);
    }
  }

  /** The digest of a kernel file and of all headers. */
  static String hash(String file) throws IOException {
    try (Stream<Path> files = Files.list(KERNELS)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path path : files.sorted().toList()) {
        String name = path.getFileName().toString();
        if (name.endsWith(".h") || name.equals(file + ".cl")) {
          digest.update(Files.readAllBytes(path));
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The compiler's release and build. */
  static String compiler() throws IOException, InterruptedException {
    return run(List.of("nvcc", "--version"))
        .lines()
        .filter(line -> line.startsWith("Cuda compilation tools"))
        .findFirst()
        .orElseThrow();
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed:\n" + text);
    }
    return text;
  }
}
