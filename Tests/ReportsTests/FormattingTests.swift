import CaseFiles
import Diagnostics
import Texts
import Foundation
import Records
import Reports
import Testing

/// Ten thousand ways to spoil the shipped data: reading, checking and rewriting never crash; what
/// is rewritten means the same, and a second time nothing changes.
@Suite struct FormattingTests {
  @Test("pieces of the shipped data, spoilt", arguments: 0..<8) func pieces(_ part: Int) throws {
    var random = FixedRandom(seed: UInt64(900 + part))
    var formatting = Formatting(try Spoiling.templates())
    var accepted = 0
    for _ in 0..<1240 {
      var bytes = Spoiling.piece(sets: Int.random(in: 1...2, using: &random), &random)
      for _ in 0..<Int.random(in: 1...4, using: &random) { Spoiling.spoil(&bytes, &random) }
      if try isSame(bytes, &formatting) { accepted += 1 }
    }
    #expect(accepted > 500)
  }

  @Test("whole files of the shipped data, spoilt", arguments: GoldenTests.dataFiles)
  func wholeFiles(_ name: String) throws {
    var random = FixedRandom(seed: UInt64(name.utf8.count))
    let templates = try Spoiling.templates()
    var formatting = Formatting(templates)
    for _ in 0..<10 {
      var bytes = try Spoiling.file(name)
      for _ in 0..<Int.random(in: 1...3, using: &random) { Spoiling.spoil(&bytes, &random) }
      let before = Spoiling.codes(of: bytes, templates)
      guard try isSame(bytes, &formatting) else { continue }
      let after = Spoiling.codes(
        of: try formatting.format(name: "x", bytes: bytes).bytes, templates)
      // Labels and blanks before a colon are what rewriting mends; a field that is read again may have
      // the problem that another one passes over.
      let mended: Set = ["R005", "R006", "D101", "R201", "K303"]
      // A line that is indented becomes a field only then, which may be one too many where it stands.
      if !before.contains("R004") {
        #expect(after.filter { !mended.contains($0) } == before.filter { !mended.contains($0) })
      }
      #expect(after.count <= before.count)
    }
  }

  @Test("what ships is canonical") func shipped() throws {
    var formatting = Formatting(try Spoiling.templates())
    for name in GoldenTests.dataFiles {
      let bytes = try Spoiling.file(name)
      let formatted = try formatting.format(name: name, bytes: bytes)
      #expect(formatted.changes.isEmpty && formatted.bytes == bytes)
    }
  }

  @Test(
    "recutils reads the same before and after", .enabled(if: Tool("recsel").isHere),
    arguments: 0..<2)
  func recutilsAgrees(_ part: Int) throws {
    var random = FixedRandom(seed: UInt64(77 + part))
    var formatting = Formatting(try Spoiling.templates())
    var compared = 0
    for _ in 0..<60 {
      var bytes = Spoiling.piece(sets: 1, &random)
      Spoiling.spoil(&bytes, &random)
      guard let formatted = try? formatting.format(name: "x", bytes: bytes),
        let text = try? Source.reading(name: "x", bytes: bytes).source.bytes
      else { continue }
      let before = try Tool("recsel").run(["-d"], input: Data(text))
      let after = try Tool("recsel").run(["-d"], input: Data(formatted.bytes))
      guard before.status == 0 else { continue }
      #expect(after.status == 0 && before.output == after.output)
      compared += 1
    }
    #expect(compared > 20)
  }

  /// Whether a text is rewritten; then it means the same, and is canonical.
  private func isSame(_ bytes: [UInt8], _ formatting: inout Formatting) throws -> Bool {
    let formatted: FormattedFile
    do throws(Problems) {
      formatted = try formatting.format(name: "x", bytes: bytes)
    } catch {
      #expect(error.diagnostics.contains { $0.severity == .error })
      for problem in error.diagnostics { #expect(!problem.message(in: .english).isEmpty) }
      return false
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let (before, after) = (try Meaning(bytes), try Meaning(formatted.bytes))
    #expect(before.isSame(as: after), "\(text)")
    #expect(formatted.changes.isEmpty == (formatted.bytes == bytes), "\(text)")
    let again = try formatting.format(name: "x", bytes: formatted.bytes)
    #expect(again.changes.isEmpty && again.bytes == formatted.bytes, "\(text)")
    let lines = formatted.changes.map(\.line)
    let count = bytes.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } + 1
    #expect(lines.allSatisfy { (1...count).contains($0) })
    return true
  }
}

/// What a data file says: its record sets, records, names, values and comments.
private struct Meaning {
  private var types: [String] = []
  private var names: [[String]] = []
  private var values: [[String]] = []
  private var comments: [String]

  init(_ bytes: [UInt8]) throws {
    let source = try Source.reading(name: "x", bytes: bytes).source
    var problems: [Diagnostic] = []
    let database = Database.read(source, into: &problems)
    for set in database.recordSets {
      types.append("\(set.type?.string ?? "") \(set.records.count)")
      for record in [set.descriptorRecord].compactMap({ $0 }) + Array(set.records) {
        names.append(record.fields.map(\.name.string))
        values.append(record.fields.map(\.value.string))
      }
    }
    comments = Meaning.comments(of: source.bytes)
  }

  /// Lines that start with `#`, but for those that a `\` at the end of a line makes a value.
  private static func comments(of bytes: [UInt8]) -> [String] {
    var isJoined = false
    var comments: [String] = []
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      let text = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      let isComment = !isJoined && text.first == UInt8(ascii: "#")
      if isComment { comments.append(String(decoding: text, as: UTF8.self)) }
      isJoined = !isComment && line.last == UInt8(ascii: "\\")
    }
    return comments
  }

  /// The same but for labels, each of which has become a name.
  func isSame(as after: Meaning) -> Bool {
    let isNamed = zip(names.joined(), after.names.joined()).allSatisfy { name, new in
      name == new || name.contains { !$0.isASCII || $0 == " " } && new.allSatisfy(\.isASCII)
    }
    return isNamed && types == after.types && values == after.values
      && names.map(\.count) == after.names.map(\.count) && comments == after.comments
  }
}

/// The shipped data, and what hands, editors and transports do to such a text.
private enum Spoiling {
  static func templates() throws -> TemplateCollection {
    try TemplateCollection(TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
  }

  static func file(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: GoldenTests.root + "/data/" + name)))
  }

  /// Every record set of the shipped data: its head, and its records.
  private static let sets: [(head: Substring, records: [Substring])] = {
    let texts = GoldenTests.dataFiles.compactMap { try? file($0) }
    return texts.flatMap { bytes -> [(head: Substring, records: [Substring])] in
      var sets: [(head: Substring, records: [Substring])] = []
      for block in String(decoding: bytes, as: UTF8.self).split(separator: "\n\n") {
        if block.contains("%rec:") {
          sets.append((block, []))
        } else {
          if !sets.isEmpty { sets[sets.count - 1].records.append(block) }
        }
      }
      return sets
    }
  }()

  /// Some sets with a record or two of each.
  static func piece(sets count: Int, _ random: inout FixedRandom) -> [UInt8] {
    var blocks: [Substring] = []
    for _ in 0..<count {
      guard let set = sets.randomElement(using: &random) else { continue }
      blocks.append(set.head)
      for _ in 0..<Int.random(in: 1...2, using: &random) {
        if let record = set.records.randomElement(using: &random) { blocks.append(record) }
      }
    }
    return Array((blocks.joined(separator: "\n\n") + "\n").utf8)
  }

  /// The codes of everything that checking finds, sorted.
  static func codes(of bytes: [UInt8], _ templates: TemplateCollection) -> [String] {
    do throws(Problems) {
      let checked = try DataFile.read(name: "data/x.rec", bytes: bytes).check(templates)
      return checked.problems.map(\.kind.code).sorted()
    } catch {
      return error.diagnostics.map(\.kind.code).sorted()
    }
  }

  static func spoil(_ bytes: inout [UInt8], _ random: inout FixedRandom) {
    guard !bytes.isEmpty else { return }
    let place = Int.random(in: 0..<bytes.count, using: &random)
    switch Int.random(in: 0..<14, using: &random) {
    case 0: bytes.remove(at: place)
    case 1: bytes.insert(bytes[place], at: place)
    case 2 where place > 0: bytes.swapAt(place, place - 1)
    case 3: bytes = Array(String(decoding: bytes, as: UTF8.self).replacing("\n", with: "\r\n").utf8)
    case 4: bytes = [0xEF, 0xBB, 0xBF] + bytes
    case 5:
      let text = String(decoding: bytes, as: UTF8.self)
      bytes = Array(text.decomposedStringWithCanonicalMapping.utf8)
    default: spoilLines(&bytes, &random)
    }
  }

  private static func spoilLines(_ bytes: inout [UInt8], _ random: inout FixedRandom) {
    var lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\n")
    let place = Int.random(in: 0..<lines.count, using: &random)
    let line = lines[place]
    switch Int.random(in: 0..<12, using: &random) {
    case 0: lines.swapAt(place, Int.random(in: 0..<lines.count, using: &random))
    case 1: lines.insert(line, at: place)
    case 2:
      lines.insert(
        ["", "", "  ", "# lời chú", "+ và", "#"].randomElement(using: &random) ?? "", at: place)
    case 3: lines[place] = "  " + line
    case 4: lines[place] = line.replacing(":", with: " :", maxReplacements: 1)
    case 5: lines[place] = line.replacing(": ", with: ":", maxReplacements: 1)
    case 6: lines[place] = line.replacing(" ", with: "\u{A0}")
    case 7: lines[place] = line.replacing(" ", with: " \\\n", maxReplacements: 2)
    case 8: lines[place] = line.replacing(";", with: "\n+", maxReplacements: 1)
    default:
      for (name, label) in labels where line.hasPrefix(name + ":") {
        lines[place] = label + line.dropFirst(name.count)
        break
      }
    }
    bytes = Array(lines.joined(separator: "\n").utf8)
  }

  /// The names of all fields with their labels, from the schemas as text.
  private static let labels: [(name: String, label: String)] = {
    let files = ["khung/chung.rec", "tin-bai/mau.rec", "ke-hoach/mau.rec"]
    return files.flatMap { file -> [(name: String, label: String)] in
      let path = GoldenTests.root + "/Templates/" + file
      let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      return text.matches(of: /truong: ([a-z_]+)\nnhan: ([^\n]+)/).map {
        (String($0.1), String($0.2))
      }
    }
  }()
}
