package io.github.millrace.cli.plot;

import java.util.List;
import java.util.Map;

/**
 * One HTML page that needs nothing but itself, in light and dark. Colours are those of Okabe and
 * Ito, which people with any colour vision can tell apart; lines differ in their dashes too.
 */
public final class Page {

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --back: #ffffff; --fore: #1c1e21; --soft: #5b6168; --grid: #e3e5e8;
        --c0: #0072b2; --c1: #d55e00; --c2: #009e73; --c3: #9a4d84; --c4: #7a7f85; --c5: #b07d00; --c6: #1c1e21;
        --band: #0072b222; }
      @media (prefers-color-scheme: dark) { :root { --back: #16181b; --fore: #e8eaed; --soft: #a2a9b0; --grid: #2f3338;
        --c0: #56b4e9; --c1: #f08239; --c2: #2fc79a; --c3: #d795c2; --c4: #9aa0a6; --c5: #e6b84a; --c6: #e8eaed;
        --band: #56b4e930; } }
      body { margin: 0 auto; max-width: 1640px; padding: 1.5rem; background: var(--back); color: var(--fore);
        font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
      h1 { margin: 0; font-size: 1.6rem; } h2 { margin: 2rem 0 0; font-size: 1.2rem; } h3 { margin: 1rem 0 0; font-size: 1rem; }
      p { margin: 0.4rem 0; max-width: 75em; } .soft { color: var(--soft); }
      .panels { display: grid; grid-template-columns: repeat(auto-fill, minmax(330px, 1fr)); gap: 0.6rem 1rem; }
      figure { margin: 0; } svg { width: 100%; height: auto; display: block; }
      .title { font-weight: 600; font-size: 13px; } .tick, .unit, .note { font-size: 11px; } .unit, .tick { fill: var(--soft); }
      svg text { fill: var(--fore); font-family: inherit; } svg .unit, svg .tick { fill: var(--soft); }
      .grid { stroke: var(--grid); } .axis { stroke: var(--soft); } .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
      .mark { stroke: var(--fore); stroke-dasharray: 3 3; } .interval { fill: var(--band); }
      .line.c1 { stroke-dasharray: 7 3; } .line.c2 { stroke-dasharray: 2 3; } .line.c3 { stroke-dasharray: 9 3 2 3; }
      .line.c4 { stroke-dasharray: 5 4; stroke-width: 1.5; } .line.c5 { stroke-dasharray: 3 2; stroke-width: 1.5; }
      .key { display: inline-flex; align-items: center; gap: 0.4rem; margin: 0 1.2rem 0.3rem 0; }
      .key svg { width: 34px; flex: none; }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 0.6rem 0; font-size: 0.9rem; }
      .wide { overflow-x: auto; }
      th, td { padding: 0.15rem 0.7rem; text-align: right; border-bottom: 1px solid var(--grid); white-space: nowrap; }
      th { color: var(--soft); font-weight: 600; } td:first-child, th:first-child { text-align: left; }
      .head td, .head th { text-align: left; border: 0; padding: 0 1rem 0 0; white-space: normal; }
      .choice { margin: 0.8rem 0 0; } .choice + .panels, .only { display: none; }
      input[type=radio] { accent-color: var(--c0); margin: 0 0.3rem 0 0; } .pick { margin-right: 1.2rem; cursor: pointer; }
      """;

  private final StringBuilder body = new StringBuilder();
  private final StringBuilder rules = new StringBuilder();
  private final String title;

  /** An empty page. */
  public Page(String title) {
    this.title = title;
    body.append("<h1>").append(Svg.escape(title)).append("</h1>\n");
  }

  /** What is known of the whole, a name and a value each. */
  public void facts(Map<String, String> facts) {
    body.append("<table class=\"head\">\n");
    facts.forEach(
        (name, value) ->
            body.append(
                "<tr><th>%s</th><td>%s</td></tr>\n"
                    .formatted(Svg.escape(name), Svg.escape(value))));
    body.append("</table>\n");
  }

  /** A heading. */
  public void heading(String text) {
    body.append("<h2>").append(Svg.escape(text)).append("</h2>\n");
  }

  /** A smaller heading. */
  public void subheading(String text) {
    body.append("<h3>").append(Svg.escape(text)).append("</h3>\n");
  }

  /** A paragraph. */
  public void paragraph(String text) {
    body.append("<p class=\"soft\">").append(Svg.escape(text)).append("</p>\n");
  }

  /** What the lines of the plots below mean. */
  public void legend(List<Series> lines) {
    body.append("<p>");
    for (Series line : lines) {
      Svg sample = new Svg(34, 10, line.name());
      sample.path("line " + line.style(), List.of(new double[] {1, 5}, new double[] {33, 5}));
      body.append("<span class=\"key\">").append(sample).append(Svg.escape(line.name()));
      body.append("</span>");
    }
    body.append("</p>\n");
  }

  /** Begins a group of which the reader sees one at a time: {@link #part} begins each. */
  public void choice(String question, List<String> names) {
    body.append("<div class=\"choice\"><b>").append(Svg.escape(question)).append("</b><br>\n");
    for (int i = 0; i < names.size(); i++) {
      body.append(
          "<label class=\"pick\"><input type=\"radio\" name=\"part\" id=\"part%d\"%s>%s</label>\n"
              .formatted(i, i == 0 ? " checked" : "", Svg.escape(names.get(i))));
      rules.append("body:has(#part%d:checked) .part%d { display: block; }\n".formatted(i, i));
    }
    body.append("</div>\n");
  }

  /** Begins what is seen when a name of the choice is picked. */
  public void part(int index) {
    body.append("<div class=\"only part%d\">\n".formatted(index));
  }

  /** Ends it. */
  public void endPart() {
    body.append("</div>\n");
  }

  /** Pictures side by side, as many as fit. */
  public void panels(List<Svg> pictures) {
    body.append("<div class=\"panels\">\n");
    pictures.forEach(picture -> body.append("<figure>").append(picture).append("</figure>\n"));
    body.append("</div>\n");
  }

  /** A table, its first row the head. */
  public void table(List<List<String>> rows) {
    body.append("<div class=\"wide\"><table>\n");
    String cell = "th";
    for (List<String> row : rows) {
      body.append("<tr>");
      for (String text : row) {
        body.append("<%s>%s</%s>".formatted(cell, Svg.escape(text), cell));
      }
      body.append("</tr>\n");
      cell = "td";
    }
    body.append("</table></div>\n");
  }

  /** A table that the reader may unfold. */
  public void folded(String summary, List<List<String>> rows) {
    body.append("<details><summary>").append(Svg.escape(summary)).append("</summary>\n");
    table(rows);
    body.append("</details>\n");
  }

  /** The whole page. */
  public String text() {
    return """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s</title>
        <style>
        %s%s</style></head>
        <body>
        %s</body></html>
        """
        .formatted(Svg.escape(title), STYLE + colours(), rules, body);
  }

  private static String colours() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 7; i++) {
      text.append(
          ".line.c%d { stroke: var(--c%d); } .dot.c%d, .bar.c%d { fill: var(--c%d); }\n"
              .formatted(i, i, i, i, i));
    }
    return text.toString();
  }
}
