import static java.lang.classfile.ClassFile.JAVA_25_VERSION;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Gives old classes in the jars of a folder today's class file version, with the stack maps that
 * this asks for. An AOT cache leaves out classes below version 50, since nothing can verify them
 * ahead of time; picocli's are 49, and reading them anew is a third of the launcher's start-up.
 */
final class RaiseClassVersions {

  private static final int FIRST_WITH_STACK_MAPS = 50;

  public static void main(String[] arguments) throws IOException {
    List<Path> jars;
    try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
    for (Path jar : jars) {
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        if (Collections.list(zip.entries()).stream().anyMatch(entry -> isOld(zip, entry))) {
          rewrite(zip, jar);
        }
      }
    }
  }

  private static void rewrite(ZipFile zip, Path jar) throws IOException {
    ClassHierarchyResolver types =
        ClassHierarchyResolver.ofResourceParsing(type -> open(zip, type))
            .orElse(ClassHierarchyResolver.defaultResolver())
            .cached();
    ClassFile classFile =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(types),
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS);
    Path raised = jar.resolveSibling(jar.getFileName() + ".raised");
    try (OutputStream file = Files.newOutputStream(raised);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        byte[] content = zip.getInputStream(entry).readAllBytes();
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(isOld(zip, entry) ? raise(classFile, content) : content);
      }
    }
    Files.move(raised, jar, StandardCopyOption.REPLACE_EXISTING);
    System.out.println("raised the class versions of " + jar.getFileName());
  }

  private static InputStream open(ZipFile zip, ClassDesc type) {
    String name = type.descriptorString();
    ZipEntry entry = zip.getEntry(name.substring(1, name.length() - 1) + ".class");
    try {
      return entry == null ? null : zip.getInputStream(entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] raise(ClassFile classFile, byte[] content) {
    ClassModel model = classFile.parse(content);
    ClassTransform newVersion =
        (builder, element) -> {
          if (element instanceof ClassFileVersion) {
            builder.withVersion(JAVA_25_VERSION, 0);
          } else {
            builder.with(element);
          }
        };
    // Taking every method's code apart and together again is what makes its stack map.
    return classFile.transformClass(
        model, newVersion.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
  }

  private static boolean isOld(ZipFile zip, ZipEntry entry) {
    if (!entry.getName().endsWith(".class") || entry.getName().endsWith("module-info.class")) {
      return false;
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] head = in.readNBytes(8);
      return (head[6] & 0xff) * 256 + (head[7] & 0xff) < FIRST_WITH_STACK_MAPS;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
