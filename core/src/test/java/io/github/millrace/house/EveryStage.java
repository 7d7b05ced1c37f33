package io.github.millrace.house;

import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.InstanceOfTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import io.github.millrace.stage.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A decision by the kind of a stage names every kind, so that javac finds each place a new stage
 * was forgotten in: no default in a switch, and no instanceof outside of the stages, the kernels,
 * and the words, each of which means one kind.
 */
final class EveryStage implements Rule {

  private static final Set<String> STAGES =
      Arrays.stream(Stage.class.getPermittedSubclasses())
          .map(Class::getSimpleName)
          .collect(Collectors.toSet());

  @Override
  public List<String> broken(JavaSource source) {
    List<String> broken = new ArrayList<>();
    boolean mayAsk =
        !source.file().isMain()
            || source.part().equals("stage")
            || source.packageName().endsWith(".words")
            || source.file().path().endsWith("Kernel.java");
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitSwitch(SwitchTree choice, Void unused) {
        check(choice.getCases());
        return super.visitSwitch(choice, null);
      }

      @Override
      public Void visitSwitchExpression(SwitchExpressionTree choice, Void unused) {
        check(choice.getCases());
        return super.visitSwitchExpression(choice, null);
      }

      @Override
      public Void visitInstanceOf(InstanceOfTree question, Void unused) {
        Tree type = question.getPattern() == null ? question.getType() : question.getPattern();
        if (!mayAsk && STAGES.contains(typeName(type))) {
          broken.add("asks for one kind of stage, expected a switch over all: " + question);
        }
        return super.visitInstanceOf(question, null);
      }

      private void check(List<? extends CaseTree> cases) {
        var labels = cases.stream().flatMap(one -> one.getLabels().stream()).toList();
        boolean overStages =
            labels.stream()
                .anyMatch(
                    label ->
                        label instanceof PatternCaseLabelTree pattern
                            && STAGES.contains(typeName(pattern.getPattern())));
        if (overStages && labels.stream().anyMatch(DefaultCaseLabelTree.class::isInstance)) {
          broken.add("has a default among stages, expected every kind by name");
        }
      }
    }.scan(source.unit(), null);
    return broken;
  }

  private static String typeName(Tree tree) {
    return tree instanceof BindingPatternTree pattern
        ? pattern.getVariable().getType().toString()
        : tree.toString();
  }
}
