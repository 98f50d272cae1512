import Diagnostics
import Texts
import Foundation
import Records
import Testing

/// The files of `corpus/`: recutils and we agree on which are valid, but for the differences that
/// the table in `DataFiles.md` lists, each with its files.
@Suite struct CorpusTests {
  @Test(
    .enabled(if: Recutils.isInstalled, "recutils (recfix) is not installed"),
    arguments: CorpusFile.all)
  func agreesWithRecfix(_ file: CorpusFile) throws {
    let theirs = try Recutils.accepts(file.name, in: CorpusFile.folder)
    switch DifferenceOfRec.byFile[file.name] {
    case nil: #expect(file.isValid == theirs, "\(file.messages)")
    case .stricter?: #expect((file.isValid, theirs) == (false, true), "no longer a difference")
    case .laxer?: #expect((file.isValid, theirs) == (true, false), "no longer a difference")
    }
  }

  @Test("the table says rightly what is refused here") func differencesAreTrue() {
    for file in CorpusFile.all {
      guard let difference = DifferenceOfRec.byFile[file.name] else { continue }
      #expect(file.isValid == (difference == .laxer), "\(file.name)")
    }
  }

  @Test("the examples of the manual are right") func examplesAreRight() {
    let fences = DifferenceOfRec.page.components(separatedBy: "```\n")
    let examples = fences.indices.filter { !$0.isMultiple(of: 2) }.map { fences[$0] }
    #expect(!examples.isEmpty)
    for example in examples {
      #expect(Sample("manual", example).isValid, "\(example)")
    }
  }

  @Test func thereAreFilesOfBothKinds() {
    #expect(CorpusFile.all.count { $0.isValid } > 60)
    #expect(CorpusFile.all.count { !$0.isValid } > 60)
  }

  @Test("the table names only files that are there") func tableIsRight() {
    let names = Set(CorpusFile.all.map(\.name))
    #expect(DifferenceOfRec.byFile.count > 10)
    #expect(DifferenceOfRec.byFile.keys.filter { !names.contains($0) }.isEmpty)
    #expect(DifferenceOfRec.rowsWithoutFiles.isEmpty)
    let section = DifferenceOfRec.page.components(separatedBy: "## Differences").last ?? ""
    let lines = section.split(separator: "\n").filter { $0.hasPrefix("|") }
    #expect(lines.count - 2 == DifferenceOfRec.count, "a row is neither stricter nor laxer")
  }
}

struct CorpusFile: CustomTestStringConvertible, Sendable {
  let name: String

  var testDescription: String { name }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("corpus").path

  static let all: [CorpusFile] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".rec") }.sorted().map { CorpusFile(name: $0) }
  }()

  var problems: [Diagnostic] {
    var problems: [Diagnostic] = []
    let bytes = FileManager.default.contents(atPath: Self.folder + "/" + name) ?? Data()
    let database = Database.read(Source(name: name, bytes: Array(bytes)), into: &problems)
    return problems + database.irregularities + database.check(with: [], reading: Self.source)
  }

  var isValid: Bool { problems.allSatisfy { $0.severity == .warning } }
  var messages: String { problems.map { $0.message(in: .english) }.joined() }

  /// Reads external files below the corpus.
  private static func source(_ path: Text) throws(Diagnostic) -> Source? {
    FileManager.default.contents(atPath: folder + "/" + path.string).map {
      Source(name: path.string, bytes: Array($0))
    }
  }
}

/// A row of the table of differences in the documentation.
enum DifferenceOfRec {
  case stricter
  case laxer

  static let page: String = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/Records/Records.docc/DataFiles.md").standardized
    return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }()

  private static let rows: [(difference: DifferenceOfRec, files: [String])] = {
    page.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "|", omittingEmptySubsequences: true).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      guard cells.count == 4, let difference = named[cells[1]] else { return nil }
      let files = cells[3].split(separator: "`").filter { $0.allSatisfy { !" ,".contains($0) } }
      return (difference, files.map { $0 + ".rec" })
    }
  }()

  private static let named: [String: DifferenceOfRec] = [
    "stricter": .stricter, "laxer": .laxer,
  ]

  static let byFile = Dictionary(
    rows.flatMap { row in row.files.map { ($0, row.difference) } }
  ) { $1 }

  static var count: Int { rows.count }
  static var rowsWithoutFiles: [DifferenceOfRec] { rows.filter(\.files.isEmpty).map(\.difference) }
}
