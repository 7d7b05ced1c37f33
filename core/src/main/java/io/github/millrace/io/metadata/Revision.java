package io.github.millrace.io.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.millrace.io.Chunk;
import io.github.millrace.io.FileFormat;
import io.github.millrace.io.Metadata;
import io.github.millrace.io.WriteOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes metadata right for a signal of another rate, start, encoding or number of channels. */
public final class Revision {

  /** What describes the very samples, which are no longer there. */
  private static final Set<String> STALE = Set.of("PEAK", "levl", "MD5 ");

  /** Chunks without rates and positions. */
  private static final Set<String> TIMELESS =
      Set.of("LIST", "inst", "acid", "id3 ", "ID3 ", "_PMX", "DISP", "umid", "chna", "axml");

  /** Chunks that name the channels one by one. */
  private final FileFormat from;

  private final WriteOptions to;
  private final Timeline timeline;
  private final List<Chunk> chunks;
  private final CuePoints cues;
  private final List<String> notes;

  private Revision(Metadata metadata, WriteOptions to, List<String> notes) {
    from = metadata.origin().orElseThrow();
    timeline = new Timeline(from.sampleRate(), to.sampleRate(), metadata.shiftFrames());
    chunks = metadata.chunks();
    cues = new CuePoints(timeline, chunks);
    this.to = to;
    this.notes = notes;
  }

  /**
   * The chunks for an output.
   *
   * @param metadata the chunks as they were read, and what they describe
   * @param to the output
   * @param notes takes what could not be kept or made right
   */
  public static List<Chunk> of(Metadata metadata, WriteOptions to, List<String> notes) {
    return metadata.origin().isEmpty()
        ? metadata.chunks()
        : new Revision(metadata, to, notes).all();
  }

  private List<Chunk> all() {
    List<Chunk> revised = new ArrayList<>();
    for (Chunk chunk : chunks) {
      String name = "the " + chunk.id().strip() + " chunk ";
      if (STALE.contains(chunk.id())) {
        notes.add(name + "is left out: it describes the samples as they were");
        continue;
      }
      if (from.channels() != to.channels() && namesTracks(chunk)) {
        String channels = from.channels() == 1 ? "1 channel" : from.channels() + " channels";
        notes.add(name + "still names the tracks of " + channels);
      }
      revised.add(revised(chunk));
    }
    if (cues.dropped() > 0) {
      notes.add("cue points outside the output and their labels are left out: " + cues.dropped());
    }
    return revised;
  }

  private static boolean namesTracks(Chunk chunk) {
    return switch (chunk.id()) {
      case "chna" -> true;
      case "iXML" -> new String(chunk.content(), ISO_8859_1).contains("<TRACK");
      default -> false;
    };
  }

  private Chunk revised(Chunk chunk) {
    if (chunk.id().equals("iXML")) {
      return TextFields.ixml(chunk, timeline, bits(from), 8 * to.encoding().bytes());
    }
    if (chunk.id().equals("bext") && Loudness.isStated(chunk)) {
      notes.add(
          "the loudness in the bext chunk is left out: it describes the samples as they were");
      return moved(Loudness.without(chunk));
    }
    return moved(chunk);
  }

  private Chunk moved(Chunk chunk) {
    if (timeline.isSame()) {
      return chunk;
    }
    return switch (chunk.id()) {
      case "bext" -> SamplePositions.bext(chunk, timeline);
      case "smpl" -> SamplePositions.smpl(chunk, timeline);
      case "cart" -> SamplePositions.cart(chunk, timeline);
      case "cue " -> cues.points(chunk);
      case "plst" -> cues.segments(chunk);
      case "LIST" -> isLabels(chunk) ? cues.labels(chunk) : chunk;
      case "guan" -> TextFields.guano(chunk, timeline);
      default -> unknown(chunk);
    };
  }

  private Chunk unknown(Chunk chunk) {
    if (!TIMELESS.contains(chunk.id())) {
      String name = chunk.id().strip();
      notes.add("the " + name + " chunk is kept as it is, with the input's rates and positions");
    }
    return chunk;
  }

  private static boolean isLabels(Chunk chunk) {
    return chunk.size() >= 4 && new String(chunk.content(), 0, 4, ISO_8859_1).equals("adtl");
  }

  private static int bits(FileFormat format) {
    return 8 * format.encoding().bytes();
  }
}
