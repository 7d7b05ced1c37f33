package io.github.millrace.opencl;

import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_void;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import org.jocl.CLException;

/**
 * Makes JOCL load a file of our choice. By itself it takes what lies under a known name in the
 * folder of {@code java.io.tmpdir}, where anybody may have put it, and a library loaded by us alone
 * would not keep it from that. So, before JOCL's class {@code LibUtils} is needed, it is defined
 * with another {@code loadLibrary}: {@code System.load(file)}.
 */
final class JoclLoader {

  private static final ClassDesc SYSTEM = ClassDesc.of("java.lang.System");

  private JoclLoader() {}

  /**
   * Settles what JOCL will load; where a host has begun to use JOCL by itself, it stays with what
   * that has loaded.
   *
   * @throws IOException if JOCL has no such class
   */
  static void load(Path file) throws IOException {
    try {
      MethodHandles.privateLookupIn(CLException.class, MethodHandles.lookup())
          .defineClass(loading(file.toAbsolutePath().toString()));
    } catch (LinkageError e) {
      // Defined already.
    } catch (IllegalAccessException e) {
      throw new IOException("JOCL is closed to " + JoclLoader.class.getModule(), e);
    }
  }

  private static byte[] loading(String file) throws IOException {
    try (InputStream in = CLException.class.getResourceAsStream("LibUtils.class")) {
      if (in == null) {
        throw new IOException("JOCL has no LibUtils.class");
      }
      ClassFile classFile = ClassFile.of();
      return classFile.transformClass(
          classFile.parse(in.readAllBytes()),
          ClassTransform.transformingMethodBodies(
              method -> method.methodName().equalsString("loadLibrary"), new Load(file)));
    }
  }

  /** A method's body, replaced. */
  private record Load(String file) implements CodeTransform {

    @Override
    public void accept(CodeBuilder body, CodeElement old) {}

    @Override
    public void atEnd(CodeBuilder body) {
      body.ldc(file).invokestatic(SYSTEM, "load", MethodTypeDesc.of(CD_void, CD_String)).return_();
    }
  }
}
