package io.github.millrace.io.format;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Formats and codecs that are recognised, to name them and the way out, but not read. */
public final class Foreign {

  private static final Map<String, String> MAGIC = new LinkedHashMap<>();

  static {
    MAGIC.put("fLaC", "FLAC");
    MAGIC.put("OggS", "Ogg (Vorbis, Opus or FLAC)");
    MAGIC.put("ID3", "MP3");
    MAGIC.put("\u00FF\u00FB", "MP3");
    MAGIC.put("\u00FF\u00F3", "MP3");
    MAGIC.put("\u00FF\u00F2", "MP3");
    MAGIC.put("\u00FF\u00F1", "AAC");
    MAGIC.put("\u00FF\u00F9", "AAC");
    MAGIC.put("caff", "CAF");
    MAGIC.put(".snd", "AU");
    MAGIC.put("wvpk", "WavPack");
    MAGIC.put("MAC ", "Monkey's Audio");
    MAGIC.put("TTA1", "True Audio");
    MAGIC.put("NIST_1A", "NIST SPHERE");
    MAGIC.put("#!AMR", "AMR");
    MAGIC.put("\u001AE\u00DF\u00A3", "Matroska or WebM");
    MAGIC.put("0&\u00B2u", "WMA or ASF");
    MAGIC.put("Creative Voice File", "VOC");
  }

  private Foreign() {}

  /** What starts with these characters of ISO 8859-1, if it is known. */
  public static Optional<String> named(String start) {
    if (start.startsWith("FORM") && start.length() >= 12) {
      String kind = start.substring(8, 12);
      return Optional.of(kind.startsWith("AIF") ? kind.replace("AIFC", "AIFF-C") : "IFF");
    }
    if (start.startsWith("ftyp", 4)) {
      return Optional.of("MP4 (AAC or ALAC)");
    }
    return MAGIC.entrySet().stream()
        .filter(magic -> start.startsWith(magic.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The codec behind a format tag of WAVEFORMATEX, in parentheses behind a space; may be empty. */
  static String codec(int tag) {
    String name =
        switch (tag) {
          case 0x02 -> "Microsoft ADPCM";
          case 0x06 -> "A-law";
          case 0x07 -> "mu-law";
          case 0x08, 0x2001 -> "DTS";
          case 0x10 -> "OKI ADPCM";
          case 0x11 -> "IMA ADPCM";
          case 0x20 -> "Yamaha ADPCM";
          case 0x31 -> "GSM 6.10";
          case 0x40, 0x45, 0x64 -> "G.721 or G.726 ADPCM";
          case 0x50 -> "MPEG layer 1 or 2";
          case 0x55 -> "MP3";
          case 0x92, 0x2000 -> "AC-3";
          case 0xFF, 0x1600, 0x1610 -> "AAC";
          case 0x160, 0x161, 0x162, 0x163 -> "WMA";
          case 0x5756 -> "WavPack";
          case 0x674F, 0x6750, 0x6751, 0x676F, 0x6770, 0x6771 -> "Vorbis";
          case 0xF1AC -> "FLAC";
          default -> "";
        };
    return name.isEmpty() ? "" : " (" + name + ")";
  }

  /** How to read what is not read here. */
  public static String wayOut() {
    return "; decode it on the way in, by sox FILE -t wav - or ffmpeg -i FILE -f wav -, piped into"
        + " the input -";
  }
}
