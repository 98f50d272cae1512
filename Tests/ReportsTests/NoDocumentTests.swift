import Diagnostics
import Texts
import Foundation
import Records
import Reports
import Testing

/// What `baocao check` says of files that ask for no document.
@Suite struct NoDocumentTests {
  private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let corpus = tests.appendingPathComponent("RecordsTests/corpus").path
  private static let names = ((try? FileManager.default.contentsOfDirectory(atPath: corpus)) ?? [])
    .filter { $0.hasSuffix(".rec") }.sorted()

  /// The library agrees with recfix on these files, see CorpusTests; the command agrees with the
  /// library.
  @Test func isCheckedAsRecfixDoes() throws {
    let folder = Self.tests.deletingLastPathComponent().appendingPathComponent("Templates").path
    let templates = try TemplateCollection(TemplateFolder(folder), undefined: .strict)
    try #require(Self.names.count > 300)
    var valid = 0
    for name in Self.names {
      let bytes = FileManager.default.contents(atPath: "\(Self.corpus)/\(name)") ?? Data()
      let file = try DataFile.read(name: "\(Self.corpus)/\(name)", bytes: Array(bytes))
      let problems = try #require(file.problemsAsData(templates), "\(name)")
      let isValid = problems.allSatisfy { $0.severity == .warning }
      #expect(isValid == Self.isValid(name, bytes), "\(name)")
      valid += isValid ? 1 : 0
    }
    #expect(valid > 60)
  }

  private static func isValid(_ name: String, _ bytes: Data) -> Bool {
    var problems: [Diagnostic] = []
    let database = Database.read(Source(name: name, bytes: Array(bytes)), into: &problems)
    problems += database.irregularities
    problems += database.check(with: []) { path in
      FileManager.default.contents(atPath: "\(corpus)/\(path.string)").map {
        Source(name: path.string, bytes: Array($0))
      }
    }
    return problems.allSatisfy { $0.severity == .warning }
  }
}
