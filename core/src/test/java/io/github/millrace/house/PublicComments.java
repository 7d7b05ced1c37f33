package io.github.millrace.house;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * Everything public in a library module has a comment, and a record says what each component is.
 */
final class PublicComments implements Rule {

  @Override
  public List<String> broken(JavaSource source) {
    List<String> broken = new ArrayList<>();
    if (!source.file().isMain() || source.part().equals("cli")) {
      return broken;
    }
    for (TreePath path : source.types()) {
      if (isReachable(path)) {
        check(source, path, broken);
      }
    }
    return broken;
  }

  private static void check(JavaSource source, TreePath path, List<String> broken) {
    ClassTree type = (ClassTree) path.getLeaf();
    DocCommentTree comment = source.docs().getDocCommentTree(path);
    if (comment == null) {
      broken.add("type " + type.getSimpleName() + " has no comment");
      return;
    }
    Set<String> described =
        comment.getBlockTags().stream()
            .filter(ParamTree.class::isInstance)
            .map(tag -> ((ParamTree) tag).getName().toString())
            .collect(Collectors.toSet());
    for (Tree member : type.getMembers()) {
      String name = name(member);
      if (isComponent(type, member)) {
        if (!described.contains(name)) {
          broken.add("component " + name + " of " + type.getSimpleName() + " is not described");
        }
      } else if (wantsComment(type, member)
          && source.docs().getDocCommentTree(new TreePath(path, member)) == null) {
        broken.add(type.getSimpleName() + "." + name + " has no comment");
      }
    }
  }

  /** Whether users can name the type: it and all around it are public or protected. */
  private static boolean isReachable(TreePath path) {
    for (TreePath at = path; at != null; at = at.getParentPath()) {
      if (at.getLeaf() instanceof MethodTree) {
        return false;
      }
      boolean inInterface =
          at.getParentPath() != null
              && at.getParentPath().getLeaf().getKind() == Tree.Kind.INTERFACE;
      if (at.getLeaf() instanceof ClassTree type && !inInterface && !isOpen(type.getModifiers())) {
        return false;
      }
    }
    return true;
  }

  private static boolean wantsComment(ClassTree type, Tree member) {
    boolean implied = type.getKind() == Tree.Kind.INTERFACE;
    return switch (member) {
      case MethodTree method ->
          (implied || isOpen(method.getModifiers()))
              && !method.getModifiers().getFlags().contains(Modifier.PRIVATE)
              && method.getModifiers().getAnnotations().stream()
                  .noneMatch(a -> a.getAnnotationType().toString().equals("Override"));
      case VariableTree field -> implied || isOpen(field.getModifiers());
      default -> false;
    };
  }

  private static boolean isComponent(ClassTree type, Tree member) {
    return type.getKind() == Tree.Kind.RECORD
        && member instanceof VariableTree field
        && !field.getModifiers().getFlags().contains(Modifier.STATIC);
  }

  private static boolean isOpen(ModifiersTree modifiers) {
    return modifiers.getFlags().contains(Modifier.PUBLIC)
        || modifiers.getFlags().contains(Modifier.PROTECTED);
  }

  private static String name(Tree member) {
    return switch (member) {
      case MethodTree method -> method.getName().toString();
      case VariableTree field -> field.getName().toString();
      default -> member.getKind().toString();
    };
  }
}
