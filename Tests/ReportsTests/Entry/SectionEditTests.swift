import CaseFiles
import Diagnostics
import Foundation
import Records
import Testing
import Texts

@testable import Reports

/// Edits of a section, as text: the file, what the form sends, the file that comes of it.
@Suite struct SectionEditTests {
  static let cases = CaseFile.all(in: folder("cases", besideFile: #filePath), extension: "case")

  @Test("there are cases") func count() { #expect(Self.cases.count >= 15) }

  /// An edit as text: the type; then for each record `@N`, its number, or `@+` and its fields. `\n` is
  /// a line break.
  private static func edit(_ text: String) -> SectionEdit {
    var lines = text.split(separator: "\n").map(String.init)[...]
    let type = lines.popFirst() ?? ""
    var entries: [(Int?, [String: [String]])] = []
    for line in lines {
      if line.hasPrefix("@") {
        entries.append((Int(line.dropFirst()), [:]))
      } else if let colon = line.firstIndex(of: ":") {
        let value = line[line.index(after: colon)...].drop { $0 == " " }
        entries[entries.count - 1].1[String(line[..<colon]), default: []].append(
          String(value.replacing("\\n", with: "\n").replacing("\\r", with: "\r")))
      }
    }
    return SectionEdit(
      type: type, entries: entries.map { SectionEdit.Entry(origin: $0.0, values: $0.1) })
  }

  @Test(arguments: cases) func edit(_ test: CaseFile) throws {
    let templates = try #require(EntryFormTests.templates)
    let file = try DataFile.read(name: "a.rec", bytes: Array((test["file"] ?? "").utf8))
    let base = try test["base"].map { try DataFile.read(name: "a.rec", bytes: Array($0.utf8)) }
    var outcome: [(name: String, text: String)] = []
    do throws(Problems) {
      let edited = try file.applying(
        Self.edit(test["edit"] ?? ""), madeOn: base ?? file, templates)
      outcome.append(("output", String(decoding: edited.bytes, as: UTF8.self)))
      for conflict in edited.conflicts {
        let place = conflict.place
        outcome.append(
          (
            "output conflict \(outcome.count)",
            "\(place.type) \(place.record) \(place.field ?? ""): \(conflict.base) \(conflict.mine) "
              + "\(conflict.theirs)"
          ))
      }
    } catch {
      let messages = error.diagnostics.map { $0.message(in: .vietnamese) }
      outcome.append(("errors", messages.joined(separator: "\n")))
    }
    if CaseFile.isRecording {
      try test.record(outcome, in: folder("cases", besideFile: #filePath))
    }
    for (name, text) in outcome { #expect(test[name] == text) }
    let expected = test.sections.filter { $0.name.hasPrefix("output") || $0.name == "errors" }
    #expect(expected.count == outcome.count || CaseFile.isRecording)
  }
}
