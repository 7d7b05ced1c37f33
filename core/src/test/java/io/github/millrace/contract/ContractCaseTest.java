package io.github.millrace.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.millrace.stage.CustomStage;
import io.github.millrace.stage.Stage;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContractCaseTest {

  @Test
  void everyKindOfStageHasARow() {
    Set<Class<?>> met = new HashSet<>();
    for (ContractCase test : ContractCase.all()) {
      test.pipeline().stages().forEach(stage -> met.add(kind(stage)));
      test.stages().forEach(stage -> met.add(kind(stage)));
    }
    assertEquals(
        Set.of(Stage.class.getPermittedSubclasses()), met, "add a row to ContractCase.all()");
  }

  private static Class<?> kind(Stage stage) {
    return stage instanceof CustomStage ? CustomStage.class : stage.getClass();
  }
}
