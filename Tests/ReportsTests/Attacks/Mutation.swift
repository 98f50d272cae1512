import CaseFiles
import Diagnostics
import Reports
import Testing
import Texts

/// Changes that a broken disk, a slip of the hand or an attacker makes to a file.
enum Mutation: CaseIterable {
  case flip, cut, double, swap, insert, end

  /// The bytes after one to three changes.
  static func applied(to whole: [UInt8], _ random: inout FixedRandom) -> [UInt8] {
    var bytes = whole
    for _ in 0..<Int.random(in: 1...3, using: &random) where bytes.count > 8 {
      (allCases.randomElement(using: &random) ?? .flip).change(&bytes, &random)
    }
    return bytes
  }

  private func change(_ bytes: inout [UInt8], _ random: inout FixedRandom) {
    let start = Int.random(in: 0..<bytes.count - 4, using: &random)
    let length = min(Int.random(in: 1...200, using: &random), bytes.count - start)
    switch self {
    case .flip: bytes[start] ^= 1 << UInt8.random(in: 0...7, using: &random)
    case .cut: bytes.removeSubrange(start..<start + length)
    case .double: Mutation.doubleLine(&bytes, at: start)
    case .swap: bytes.swapAt(start, start + length - 1)
    case .insert:
      let piece = Mutation.hostile.randomElement(using: &random) ?? []
      bytes.insert(contentsOf: piece, at: start)
    case .end: bytes.removeLast(min(length, bytes.count))
    }
  }

  private static func doubleLine(_ bytes: inout [UInt8], at offset: Int) {
    let start = (bytes[..<offset].lastIndex(of: 0x0A) ?? -1) + 1
    let end = bytes[offset...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
    bytes.insert(contentsOf: Array(bytes[start..<end]), at: end)
  }

  private static let hostile: [[UInt8]] =
    [
      "{{", "}}", "{%", "%}", "{#", "{% for x in so_lieu %}", "{% endfor %}", "{{ x.y.z }}",
      "{{ so_lieu * 1000000 }}", "{% include 'khung/bao-cao.md.jinja' %}", "{{ 9 ** 9 ** 9 }}",
      "{% set so_lieu = [so_lieu, so_lieu] %}", "\n%rec: van_ban\n", "\n%rec: x\n%type: y int\n",
      "\n%mandatory: khong_co\n", "\nmau: so-ket\n", "\nmau: ../../etc\n", "\n+ ", "\\\n", "\n\n",
      "\r\n", "\r", "\t", "\u{FEFF}", "\u{202E}", "\u{200B}", "e\u{301}\u{301}", "\u{A0}", "😀",
      "<script>", "](javascript:x)", "|", "\n---\n", "\n# ",
      "99999999999999999999999999999999999999999",
      "-1", "31/02/2024", "\";\"", ";;;;", "\"\n", "=cmd|' /C calc'!A0", "%regexp", "/(a*)*b/",
      "\nrang_buoc: a = a = a\n", "\ntong_cua: x = x\n", "\nbo_qua: K111\n",
      String(repeating: "(", count: 2_000), String(repeating: "a ", count: 2_000),
      String(repeating: "\nx: y", count: 1_000), String(repeating: "> ", count: 500),
    ].map { Array($0.utf8) } + [
      [0], [0xFF, 0xFE], [0xC3], [0xED, 0xA0, 0x80], [0x1B, 0x5B, 0x32, 0x4A],
    ]
}

/// What is wrong with problems as such: each has a sentence in both languages, and a place that is in
/// its file. Looks at as many as a run prints.
func flaws(of problems: [Diagnostic]) -> [String] {
  problems.prefix(60).flatMap { problem in
    let places = [problem.place] + problem.notes.map(\.place)
    let sentences = [Language.vietnamese, .english].map { problem.message(in: $0) }
    return places.compactMap { $0.flatMap(flaw) }.map { "\(problem.kind.code): \($0)" }
      + sentences.filter(\.isEmpty).map { _ in "\(problem.kind.code): no sentence" }
  }
}

private func flaw(of text: Text) -> String? {
  let (source, range) = (text.place.source, text.place.range)
  guard range.start >= 0, range.start <= range.end, Int(range.end) <= source.bytes.count else {
    return "\(range) is not in \(source.name), which has \(source.bytes.count) bytes"
  }
  for offset in [Int(range.start), Int(range.end)] where offset < source.bytes.count {
    if source.bytes[offset] & 0xC0 == 0x80 { return "\(range) cuts a letter of \(source.name)" }
  }
  return source.name.isEmpty ? "a place in no file" : nil
}
