import CaseFiles
import Foundation

@testable import Encodings

/// Writing text in old encodings, for tests to read it back.
enum OldText {
  /// The letters of Vietnamese in both cases, as they stand in the alphabet.
  static let letters: [String] = {
    let small = Letters.table.enumerated().filter { scalar, letter in
      letter.isLetter && !letter.isCapital
        && (scalar >= 0x80 || "aeiouy".utf8.contains(UInt8(scalar)))
    }.map { String(Character(scalar(UInt32($0.offset)))) }
    return small + small.map { $0.uppercased() }
  }()

  private static func scalar(_ value: UInt32) -> Unicode.Scalar { Unicode.Scalar(value) ?? "?" }

  /// The bytes of a text; nil where the encoding lacks one of its characters.
  static func bytes(_ text: String, _ encoding: TextEncoding) -> [UInt8]? {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      guard let written = OldText.bytes(scalar, encoding) else { return nil }
      bytes += written
    }
    return bytes
  }

  private static func bytes(_ scalar: Unicode.Scalar, _ encoding: TextEncoding) -> [UInt8]? {
    if scalar.value < 0x80, encoding != .utf16 { return [UInt8(scalar.value)] }
    switch encoding {
    case .utf8: return [UInt8](String(scalar).utf8)
    case .utf16:
      return String(scalar).utf16.flatMap { unit -> [UInt8] in
        [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      }
    case .vni: return vni[scalar.value]
    case .viqr: return viqr(scalar)
    default:
      guard let table = ByteTable.table(of: encoding) else { return nil }
      if let byte = table.scalars.lastIndex(of: scalar.value) { return [UInt8(byte)] }
      let letter = Letters.letter(scalar.value)
      // The tone behind the letter; TCVN3 has small letters in place of capitals with tones.
      if encoding == .windows1258, letter.tone > 0,
        let mark = table.scalars.firstIndex(of: Letters.toneMarks[Int(letter.tone) - 1])
      {
        return bytes(plain(letter), encoding).map { $0 + [UInt8(mark)] }
      }
      return nil
    }
  }

  private static func plain(_ letter: Letter) -> Unicode.Scalar {
    let plain = Letter(rank: letter.rank, tone: 0, isCapital: letter.isCapital)
    return scalar(Letters.scalars[Int(plain.bits)])
  }

  private static let vni: [UInt32: [UInt8]] = {
    var bytes: [UInt32: [UInt8]] = [:]
    let table = VNITable.table
    for byte in 0x80...0xFF where table.alone.scalars[byte] != ByteTable.none {
      bytes[table.alone.scalars[byte]] = [UInt8(byte)]
    }
    for base in 0...255 where table.rows[base] != 0 {
      // A mark has the case of its letter: behind capitals the bytes from C0 on.
      let isCapital = UInt8(base).isCapital
      for mark in isCapital ? 0xC0...0xDF : 0xE0...0xFF {
        let scalar = table.pairs[Int(table.rows[base]) * 64 + mark - 0xC0]
        if scalar != 0 { bytes[scalar] = [UInt8(base), UInt8(mark)] }
      }
    }
    return bytes
  }()

  private static func viqr(_ scalar: Unicode.Scalar) -> [UInt8]? {
    let letter = Letters.letter(scalar.value)
    guard letter.isLetter else { return nil }
    let base = String(plain(letter)).decomposedStringWithCanonicalMapping.unicodeScalars
    var text = String(base.first ?? "?")
    if text == "đ" { text = "dd" }
    if text == "Đ" { text = "DD" }
    switch base.dropFirst().first {
    case "\u{302}": text += "^"
    case "\u{306}": text += "("
    case "\u{31B}": text += "+"
    default: break
    }
    return Array((text + ["", "`", "?", "~", "'", "."][Int(letter.tone)]).utf8)
  }

  /// The text as it looks when its bytes are taken for Windows-1252, or where that has no letter,
  /// for ISO 8859-1.
  static func misread(_ bytes: [UInt8]) -> String {
    String(
      String.UnicodeScalarView(
        bytes.map { byte in
          let scalar = ByteTable.windows1252.scalars[Int(byte)]
          return self.scalar(scalar == ByteTable.none ? UInt32(byte) : scalar)
        }))
  }
}

extension UInt8 {
  fileprivate var isCapital: Bool { 0x41...0x5A ~= self || 0xC0...0xDF ~= self }
}

/// The package's own texts, of which tests take sentences.
enum OwnTexts {
  static let root = packageRoot(ofTest: #filePath)

  /// The files below some folders, by their paths.
  static func files(below folders: [String], _ extensions: [String]) -> [String] {
    folders.flatMap { folder in
      let paths = FileManager.default.enumerator(atPath: root + "/" + folder)?.allObjects ?? []
      return paths.compactMap { $0 as? String }.map { "\(root)/\(folder)/\($0)" }
    }.filter { path in extensions.contains { path.hasSuffix("." + $0) } }.sorted()
  }

  /// The folders whose texts are of documents. The words of buttons and menus are none.
  private static let folders = ["data"] + documentRooms.map { "Templates/\($0)" }
  private static let documentRooms =
    ((try? FileManager.default.contentsOfDirectory(atPath: root + "/Templates")) ?? [])
    .filter { !["site", "web"].contains($0) }

  /// The values of the data files that are Vietnamese and five words long or longer.
  static let sentences: [String] = files(below: folders, ["rec"]).flatMap { path in
    (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: "\n") ?? []
  }.map { line in
    String(line.drop { "abcdefghijklmnopqrstuvwxyz_%+#0123456789".contains($0) })
      .trimmingCharacters(in: [":", " ", "#"]).precomposedStringWithCanonicalMapping
  }.filter { $0.split(separator: " ").count >= 5 && $0.utf8.contains { $0 >= 0x80 } }

  /// Texts of five to forty words that an encoding can hold, always the same ones.
  static func texts(_ count: Int, seed: UInt64, in encoding: TextEncoding) -> [(String, [UInt8])] {
    var random = FixedRandom(seed: seed)
    var texts: [(String, [UInt8])] = []
    while texts.count < count {
      let words = (sentences.randomElement(using: &random) ?? "").split(separator: " ")
      let text = words.prefix(Int.random(in: 5...40, using: &random)).joined(separator: " ")
      if let bytes = OldText.bytes(text, encoding) { texts.append((text, bytes)) }
    }
    return texts
  }
}

func decoded(_ bytes: [UInt8], _ choice: LegacyText.Choice) throws -> String {
  try LegacyText.decode(bytes, as: choice).text
}
