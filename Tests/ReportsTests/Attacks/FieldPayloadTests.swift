import CaseFiles
import Foundation
import Markdown
import Reports
import Testing
import Texts

/// A payload list through every field of every kind: each text of every shipped data file, and of the
/// fields and records that a file leaves out, tries to become more than text. The pages are read back
/// with an HTML parser.
@Suite struct FieldPayloadTests {
  /// Nothing here has a letter as its first word's first sign, which a template may make a capital,
  /// ends with a full stop, which it drops, or begins with a percent sign, which it writes without a
  /// blank.
  static let payloads = [
    "<script>alert(1)</script>", "</script><script>alert(1)", "<img src=x onerror=alert(1)>",
    "\"><svg/onload=alert(1)>", "' onmouseover='alert(1)", "\" onfocus=alert(1) autofocus x=\"",
    "</title><script>alert(1)</script>", "</style><b>", "</p></div></main><h1>x</h1>",
    "<iframe srcdoc=\"&lt;script&gt;\">", "<!-- x", "--> x", "<![CDATA[x]]>", "<?php x ?>",
    "&lt;script&gt;", "&#60;b&#62;", "&amp;amp;", "&nbsp;x&copy", "<b", "<\nb>", "\\<b>",
    "7%3Cb%3E",
    "<a href=\"javascript:alert(1)\">x</a>", "[7](javascript:alert(1))", "<javascript:alert(1)>",
    "[7]: javascript:alert(1)", "[7][y] [x] [^1]", "![x](x \"onerror=1\")", "<https://x.vn/?a=b&c>",
    "(7: https://x.vn/a_b_c)", "**x**", "*x* _y_ ***z***", "__x__", "~~x~~", "`x` ``y`` `", "\\",
    "\\\\x\\",
    "# x", "## x ##", "- x", "+ x", "* x", "1. x", "2019) x", "> x", ">", "***", "- - -", "===",
    "---",
    "|---|---|", "| a | b |", "7|b||", "\\|", "|", "```\nx", "~~~", "    x", "\n# x\n",
    "\n\n<div>\n",
    "\n- x\n- y", "\n\n    x\n", "\n| a |\n|---|\n| b |", "\n---\n", "\n===\n", "(7\ny\n\nz)",
    "-\tx",
    "{{ 7 * 7 }}", "{% raw %}", "{# x #}", "{{ noi_dung }}", "${7*7} #{7*7}", "\u{202E}<b>\u{202C}",
    "\u{200B}x\u{AD}y", "\u{FEFF}x", "(\u{A0}x\u{A0})", "“7” «8» – …", "😀 <b>", "𝒳|", "[ ] x",
    ":x: @x #1",
    "$x$ ^x^ ==x==",
  ]

  private static let dataFiles =
    GoldenTests.dataFiles + ["phuong/tong-hop.rec", "phuong/2023-6-thang.rec"]
  private static let parser = Tool("python3")
  private static let hasParser =
    parser.isHere && (try? parser.run(["-c", "import selectolax.lexbor"]).status) == 0
  private static let templates = Result {
    try TemplateCollection(TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
  }
  private static let declared = Result {
    try DeclaredFields(templates: GoldenTests.root + "/Templates")
  }

  /// Two pages that should differ only in some values, for `pages.py`.
  private struct Job {
    let title: String
    let harmless: String
    let attacked: String
    let values: [[String]]
    let isProse: Bool

    var json: [String: Any] {
      [
        "title": title, "harmless": harmless, "attacked": attacked, "values": values,
        "isProse": isProse,
      ]
    }
  }

  @Test(
    "every text shows its characters and becomes no element",
    .enabled(if: hasParser, "selectolax is not installed"), arguments: dataFiles)
  func texts(_ name: String) throws {
    var jobs: [Job] = []
    for round in Self.rounds(of: name) {
      let attacked = try Self.attacked(name, round) { Self.payloads[$1] }
      let harmless = try Self.attacked(name, round) { Self.harmless($1) }
      jobs += try self.jobs("\(name) \(round)", harmless, attacked, isProse: false)
    }
    for job in jobs where job.title.hasSuffix(".txt") { Self.expectSameCharacters(job) }
    try expectNoFailure(jobs.filter { !$0.title.hasSuffix(".txt") })
  }

  /// Of a text file, whose lines and columns are as long as what they hold: the characters of each
  /// payload as often as its stand-in, and all others as often as before.
  ///
  /// A table that is drawn for one and listed row by row for the other repeats its head, so these are
  /// not compared; and the stop that a template sets behind a text is left out where the text has it.
  private static func expectSameCharacters(_ job: Job) {
    let heads = [job.harmless, job.attacked].map { $0.ranges(of: "+==").count }
    guard heads[0] == heads[1] else { return }
    var expected = characters(job.harmless)
    for (index, payload) in payloads.enumerated() {
      let harmless = harmless(index)
      guard let token = harmless.split(whereSeparator: \.isWhitespace).first else { continue }
      let words = harmless.split(whereSeparator: \.isWhitespace).count
      let times = job.harmless.ranges(of: String(token)).count / words
      var shown = ByteBuffer()
      shown.append(forTextFile: Array(payload.utf8).span)
      for (character, count) in characters(harmless) {
        expected[character, default: 0] -= count * times
      }
      for (character, count) in characters(shown.string) {
        expected[character, default: 0] += count * times
      }
    }
    let found = characters(job.attacked)
    let wrong = Set(found.keys).union(expected.keys).filter {
      found[$0, default: 0] != expected[$0, default: 0]
    }
    #expect(wrong.isEmpty, "\(job.title): \(wrong)")
  }

  /// How often a text has each character, but for white space and the signs that lines are drawn with.
  private static func characters(_ text: String) -> [Unicode.Scalar: Int] {
    let scalars = text.lowercased().precomposedStringWithCanonicalMapping.unicodeScalars
    return Dictionary(
      scalars.filter { !$0.properties.isWhitespace && !"-|+=.".unicodeScalars.contains($0) }
        .map { ($0, 1) }, uniquingKeysWith: +)
  }

  @Test("every payload comes into every field") func coverage() throws {
    var pairs: Set<String> = []
    for name in Self.dataFiles {
      for round in Self.rounds(of: name) {
        _ = try Self.attacked(name, round) { field, payload in
          pairs.insert("\(field.type).\(field.name) \(payload)")
          return ""
        }
      }
    }
    let fields = try Self.declared.get().all.filter(\.isText)
    #expect(fields.count > 60)
    for field in fields {
      let missing = Self.payloads.indices.filter {
        !pairs.contains("\(field.type).\(field.name) \($0)")
      }
      #expect(missing.isEmpty, "\(field.type).\(field.name)")
    }
  }

  @Test(
    "prose becomes nothing that runs or loads",
    .enabled(if: hasParser, "selectolax is not installed"))
  func prose() throws {
    let file = try Self.file("quan-minh-hoa-2024-6-thang.rec")
    let harmless = (file, file.written(isFull: false) { field, _ in field.isProse ? "ǀ" : nil })
    var jobs: [Job] = []
    for payload in Self.payloads {
      for text in [payload, "> - x \(payload) y", "| \(payload) |\n|---|"] {
        let attacked = file.written(isFull: false) { field, _ in field.isProse ? text : nil }
        let pages = try self.jobs(text.debugDescription, harmless, (file, attacked), isProse: true)
        jobs += pages.filter { $0.title.hasSuffix(".html") }
      }
    }
    try expectNoFailure(jobs)
  }

  @Test("a value of a type takes no text that is not of it", arguments: GoldenTests.dataFiles)
  func values(_ name: String) throws {
    let file = try Self.file(name)
    for (index, payload) in Self.payloads.enumerated() where index % 7 == 0 {
      var count = 0
      let bytes = file.written(isFull: false) { field, _ in
        guard let type = field.valueType, !type.hasPrefix("rec ") else { return nil }
        count += 1
        return payload
      }
      let checked = try DataFile.read(name: file.path, bytes: bytes).check(Self.templates.get())
      #expect(checked.problems.count { $0.severity == .error } >= count, "\(payload)")
    }
  }

  private static func file(_ name: String) throws -> AttackedFile {
    try AttackedFile(GoldenTests.root + "/data/" + name, try declared.get())
  }

  /// A kind has several files; each takes half of the payloads. Mostly with what the file leaves out.
  private static func rounds(of name: String) -> [(number: Int, isFull: Bool)] {
    let half = payloads.indices.filter { $0 % 2 == (dataFiles.firstIndex(of: name) ?? 0) % 2 }
    return half.map { ($0, true) } + half.filter { $0 % 16 < 2 }.map { ($0, false) }
  }

  /// A data file with one payload in each text, another in each field and in each record.
  ///
  /// - Parameter value: gives the value for a payload's number.
  private static func attacked(
    _ name: String, _ round: (number: Int, isFull: Bool),
    _ value: (DeclaredField, Int) -> String
  ) throws -> (AttackedFile, [UInt8]) {
    let file = try file(name)
    let bytes = file.written(isFull: round.isFull) { field, record in
      guard field.isText else { return nil }
      let payload = (field.number + 7 * record + round.number) % payloads.count
      // A template looks for names in the lead; none is to be found by chance.
      return value(field, payload) + (field.name == "ho_ten" ? "ʘ" : "")
    }
    return (file, bytes)
  }

  /// A value with the same white space as the payload of a number, and letters that have no capitals
  /// and stand in no document.
  private static func harmless(_ index: Int) -> String {
    let digits = ["ǁ", "ǂ", "ǃ"]
    let token = "ǀ" + [81, 27, 9, 3, 1].map { digits[index / $0 % 3] }.joined()
    var harmless = ""
    for character in payloads[index] {
      if character.isWhitespace && character != "\u{A0}" {
        harmless.append(character)
      } else if harmless.last?.isWhitespace ?? true {
        harmless += token
      }
    }
    return harmless
  }

  private static let values = payloads.indices.map { [harmless($0), payloads[$0]] }

  private func jobs(
    _ title: String, _ harmless: (AttackedFile, [UInt8]), _ attacked: (AttackedFile, [UInt8]),
    isProse: Bool
  ) throws -> [Job] {
    let pairs = zip(try documents(harmless), try documents(attacked))
    return pairs.map { one, other in
      Job(
        title: "\(title) \(one.path)", harmless: Self.page(one), attacked: Self.page(other),
        values: Self.values, isProse: isProse)
    }
  }

  /// The documents of a data file, also of one whose wording a check refuses.
  private func documents(_ data: (file: AttackedFile, bytes: [UInt8])) throws -> [OutputFile] {
    let (templates, (file, bytes)) = (try Self.templates.get(), data)
    let checked = try DataFile.read(name: file.path, bytes: bytes).check(templates)
    return try checked.render(templates, formats: Format.texts).filter {
      !$0.path.contains("/")
    }
  }

  private static func page(_ file: OutputFile) -> String {
    if file.path.hasSuffix(".md") {
      var html: [UInt8] = []
      Document(parsing: file.bytes.span).appendHTML(to: &html)
      return String(decoding: html, as: UTF8.self)
    }
    return String(decoding: file.bytes, as: UTF8.self)
  }

  private func expectNoFailure(_ jobs: [Job]) throws {
    let script = folder("pages.py", besideFile: #filePath)
    let input = try JSONSerialization.data(withJSONObject: jobs.map(\.json))
    let (status, output) = try Self.parser.run([script], input: input)
    let failures = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String]
    #expect(
      status == 0 && failures == [], "\(failures?.prefix(5).joined(separator: "\n") ?? output)")
  }
}
