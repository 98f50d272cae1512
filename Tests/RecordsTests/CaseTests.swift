import CaseFiles
import Diagnostics
import Texts
import Foundation
import Records
import Testing

/// Runs the text files in `cases/`: rec text, `---`, what is read, and where there are any, the
/// messages of reading and checking, word for word: `---`, in Vietnamese, `---`, in English.
@Suite struct CaseTests {
  @Test(arguments: Case.all) func reads(_ one: Case) throws {
    if CaseFile.isRecording { return try one.record() }
    #expect(one.dump() == one.expectedDump)
    #expect(one.messages(in: .vietnamese) == one.expectedMessages)
    #expect(one.messages(in: .english) == one.expectedEnglish)
  }

  @Test func thereAreCases() {
    #expect(Case.all.count > 10)
  }
}

struct Case: CustomTestStringConvertible, Sendable {
  let name: String
  let input: String
  let expectedDump: String
  let expectedMessages: String
  let expectedEnglish: String
  private let file: URL

  var testDescription: String { name }

  static let all: [Case] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("cases")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".test") }.sorted().compactMap {
      Case(folder.appendingPathComponent($0))
    }
  }()

  private init?(_ file: URL) {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
    name = file.lastPathComponent
    let parts = text.components(separatedBy: "\n---\n")
    input = parts[0] + "\n"
    expectedDump = parts.count > 1 ? parts[1].trimmingCharacters(in: .newlines) : ""
    expectedMessages = parts.count > 2 ? parts[2].trimmingCharacters(in: .newlines) : ""
    expectedEnglish = parts.count > 3 ? parts[3].trimmingCharacters(in: .newlines) : ""
    self.file = file
  }

  /// Writes the file anew with what comes out.
  func record() throws {
    let messages = [messages(in: .vietnamese), messages(in: .english)].filter { !$0.isEmpty }
    let text = ([String(input.dropLast()), dump()] + messages).joined(separator: "\n---\n")
    try (text + "\n").write(to: file, atomically: true, encoding: .utf8)
  }

  private var read: (database: Database, problems: [Diagnostic]) {
    var problems: [Diagnostic] = []
    let source = Source(name: "x.rec", bytes: Array(input.utf8))
    return (Database.read(source, into: &problems), problems)
  }

  func dump() -> String {
    var lines: [String] = []
    for set in read.database.recordSets {
      lines.append("[\(set.type?.string ?? "")]")
      for record in set.records {
        lines.append("shape \(record.shape)")
        lines += record.fields.map { "  \($0.name.string) = \($0.value.string.debugDescription)" }
      }
    }
    return lines.joined(separator: "\n")
  }

  func messages(in language: Language) -> String {
    let (database, problems) = read
    let all = problems + database.irregularities + database.check(with: [])
    return all.map { $0.message(in: language) }.joined(separator: "\n")
      .trimmingCharacters(in: .newlines)
  }
}
