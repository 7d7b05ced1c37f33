package io.github.millrace.contract;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs, without Maven, the tests that hold on any machine: those tagged {@link #TAG} of the
 * backends that are asked for. Prints a line a class, failures as they come, and the reasons of
 * what was skipped; exits with 1 where a test failed or none ran.
 */
public final class Verify implements TestExecutionListener {

  /** The tag of a test that proves something about the machine it runs on. */
  public static final String TAG = "verify";

  private static final Map<String, String> PACKAGES = packages();

  private final Set<String> reasons = new TreeSet<>();
  private int ran;
  private int failed;
  private int skipped;
  private int classRan;
  private int classFailed;
  private int classSkipped;

  private Verify() {}

  private static Map<String, String> packages() {
    Map<String, String> packages = new LinkedHashMap<>();
    packages.put("java", "io.github.millrace.cpu");
    packages.put("native", "io.github.millrace.simd");
    packages.put("opencl", "io.github.millrace.opencl");
    packages.put("cuda", "io.github.millrace.cuda");
    return packages;
  }

  /** Runs the tests of the backends named, or of all. */
  public static void main(String[] backends) {
    List<String> asked =
        List.of(backends.length == 0 ? PACKAGES.keySet().toArray(String[]::new) : backends);
    for (String backend : asked) {
      if (!PACKAGES.containsKey(backend)) {
        System.err.println("Usage: millrace verify [BACKEND...]");
        System.err.println(
            "no tests of '"
                + backend
                + "', expected some of "
                + String.join(", ", PACKAGES.keySet()));
        System.exit(1);
      }
    }
    Verify verify = new Verify();
    LauncherFactory.create().execute(request(asked), verify);
    System.exit(verify.report());
  }

  private static LauncherDiscoveryRequest request(List<String> backends) {
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(backends.stream().map(backend -> selectPackage(PACKAGES.get(backend))).toList())
        .filters(TagFilter.includeTags(TAG))
        .build();
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    skip(test, reason);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    switch (result.getStatus()) {
      case ABORTED -> skip(test, result.getThrowable().map(Throwable::getMessage).orElse(""));
      case FAILED -> fail(test, result.getThrowable().orElse(null));
      case SUCCESSFUL -> classRan += test.isTest() ? 1 : 0;
    }
    test.getSource()
        .filter(source -> source instanceof ClassSource && !test.isTest())
        .ifPresent(source -> endClass(((ClassSource) source).getClassName()));
  }

  private void skip(TestIdentifier test, String reason) {
    classSkipped++;
    reasons.add(
        reason.isEmpty() ? test.getDisplayName() : reason.replace("Assumption failed: ", ""));
  }

  private void fail(TestIdentifier test, Throwable why) {
    classFailed++;
    System.out.println("  FAILED " + test.getUniqueId() + ": " + why);
  }

  private void endClass(String name) {
    System.out.printf(
        "%-24s %5d ran, %d failed, %d skipped%n",
        name.substring(name.lastIndexOf('.') + 1), classRan, classFailed, classSkipped);
    ran += classRan;
    failed += classFailed;
    skipped += classSkipped;
    classRan = 0;
    classFailed = 0;
    classSkipped = 0;
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    reasons.forEach(reason -> System.out.println("skipped: " + reason));
  }

  private int report() {
    System.out.printf("%d tests ran, %d failed, %d skipped%n", ran, failed, skipped);
    return failed > 0 || ran == 0 ? 1 : 0;
  }
}
