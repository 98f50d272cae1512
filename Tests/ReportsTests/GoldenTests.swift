import CaseFiles
import Diagnostics
import Foundation
import Reports
import Testing

/// What ships is what is tested: every document of every file in `data/`, in every form, compared
/// byte for byte with `goldens/`. After a change that is meant, `BAOCAO_RECORD=1 swift test`
/// writes them anew; look at the difference before you commit it.
@Suite struct GoldenTests {
  static let root = packageRoot(ofTest: #filePath)
  static let goldens = folder("goldens", besideFile: #filePath)
  static let dataFiles = names(in: root + "/data").filter { $0.hasSuffix(".rec") }

  static func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  /// The documents of a shipped data file.
  static func documents(of name: String) throws(Problems) -> [OutputFile] {
    let templates = try TemplateCollection(
      TemplateFolder(root + "/Templates"), undefined: .strict)
    let checked = try DataFile.read(path: root + "/data/" + name).check(templates)
    #expect(checked.problems.isEmpty, "\(checked.problems.map { $0.message(in: .english) })")
    return try checked.render(templates, formats: Format.texts)
  }

  @Test("at least eleven documents ship") func count() throws {
    let documents = try Self.dataFiles.flatMap { try Self.documents(of: $0) }
    #expect(documents.count { $0.path.hasSuffix(".html") } >= 11)
  }

  @Test(arguments: dataFiles) func golden(_ name: String) throws {
    let folder = Self.goldens + "/" + name.dropLast(4)
    let documents = try Self.documents(of: name).filter { !$0.path.contains("/") }
    for document in documents {
      let path = folder + "/" + document.path
      if CaseFile.isRecording {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true)
        try Data(document.bytes).write(to: URL(fileURLWithPath: path))
      }
      let golden = FileManager.default.contents(atPath: path)
      let isSame = golden == Data(document.bytes)
      #expect(isSame, "\(document.path) differs from \(path)")
    }
    #expect(Self.names(in: folder) == documents.map(\.path).sorted())
  }

  @Test("no golden is left of a data file that is gone") func noneLeft() {
    #expect(Self.names(in: Self.goldens) == Self.dataFiles.map { String($0.dropLast(4)) })
  }
}
