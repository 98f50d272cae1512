import CaseFiles
import Diagnostics
import Foundation
import Records
import Reports
import Templating
import Testing
import Texts

/// 2,000 seeded mutations of what ships, through all that reads it: nothing crashes, nothing is made
/// by half, and every problem has a sentence and a place in its file.
@Suite struct MutationTests {
  private static let root = GoldenTests.root
  private static let templates = Result {
    try TemplateCollection(TemplateFolder(root + "/Templates"), undefined: .strict)
  }
  private static let dataFiles = GoldenTests.dataFiles.map { root + "/data/" + $0 }

  @Test("900 data files", arguments: 0..<9) func dataFiles(_ part: Int) throws {
    var random = FixedRandom(seed: UInt64(21_000 + part))
    let templates = try Self.templates.get()
    for index in 0..<100 {
      let path = Self.dataFiles[index % Self.dataFiles.count]
      let bytes = Mutation.applied(to: try Files.read(path), &random)
      let outcome = outcome(of: path, bytes, templates)
      expectSound(outcome, "data \(part) \(index)", path, bytes)
    }
  }

  @Test("700 templates and schemas", arguments: 0..<7) func templateFolders(_ part: Int) throws {
    var random = FixedRandom(seed: UInt64(22_000 + part))
    let folder = NSTemporaryDirectory() + "baocao-mutations-" + UUID().uuidString
    try FileManager.default.copyItem(atPath: Self.root + "/Templates", toPath: folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let names = (FileManager.default.subpaths(atPath: folder) ?? []).sorted().filter {
      $0.hasSuffix(".jinja") || $0.hasSuffix(".rec")
    }
    for index in 0..<100 {
      let name = try #require(names.randomElement(using: &random))
      let whole = try Files.read("\(folder)/\(name)")
      let bytes = Mutation.applied(to: whole, &random)
      try Files.write(bytes.span, to: "\(folder)/\(name)")
      let path = Self.dataFiles[index % Self.dataFiles.count]
      let outcome = outcome(of: path, try Files.read(path), inFolder: folder)
      expectSound(outcome, "\(name) \(part) \(index)", path, try Files.read(path))
      try Files.write(whole.span, to: "\(folder)/\(name)")
    }
  }

  @Test("200 sheets") func sheets() throws {
    var random = FixedRandom(seed: 23_000)
    let templates = try Self.templates.get()
    let file = try DataFile.read(path: Self.root + "/data/quan-minh-hoa-2024-6-thang.rec")
    for index in 0..<200 {
      let type = ["so_lieu", "nhiem_vu", "can_cu", "bang_don_vi"][index % 4]
      let sheet = try file.sheet(ofType: type, templates, separator: .semicolon)
      let bytes = Mutation.applied(to: sheet, &random)
      do throws(Problems) {
        let imported = try ImportedSheet(
          sheet: "bang.csv", bytes, ofType: type, into: file, templates, separator: nil,
          clearing: [])
        #expect(flaws(of: imported.warnings).isEmpty)
        _ = try DataFile.read(name: "x.rec", bytes: imported.bytes).whole()
        #expect(imported.count > 0, "sheet \(index)")
      } catch {
        #expect(!error.diagnostics.isEmpty && error.diagnostics.hasErrors, "sheet \(index)")
        #expect(flaws(of: error.diagnostics).isEmpty, "sheet \(index)")
      }
    }
  }

  @Test("200 templates that are filled") func fillings() throws {
    var random = FixedRandom(seed: 24_000)
    let folder = NSTemporaryDirectory() + "baocao-filling-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let cases = CaseFile.all(in: Self.root + "/Tests/BaoCaoCommandTests/cases", extension: "case")
    let shown = try #require(cases.first { $0.file == "every-construct.case" })
    for (name, text) in shown.sections where name.hasPrefix("file mau/") {
      try Files.write(Array(text.utf8).span, to: "\(folder)/\(name.dropFirst(9))")
    }
    let template = Array(try #require(shown["file mau/tat-ca.md.jinja"]).utf8)
    let data = Array(try #require(shown["file d.json"]).utf8)
    for index in 0..<200 {
      let isTemplate = index % 2 == 0
      let text = isTemplate ? Mutation.applied(to: template, &random) : template
      try Files.write(text.span, to: folder + "/tat-ca.md.jinja")
      let bytes = isTemplate ? data : Mutation.applied(to: data, &random)
      do throws(Problems) {
        let made = try fill(folder + "/tat-ca.md.jinja", bytes, to: index % 4 < 2 ? .html : nil)
        #expect(made == 1, "fill \(index)")
      } catch {
        #expect(error.diagnostics.hasErrors, "fill \(index)")
        let flaws = flaws(of: error.diagnostics)
        #expect(flaws.isEmpty, "fill \(index): \(flaws)")
      }
    }
  }

  /// The number of documents that are handed over.
  private func fill(
    _ template: String, _ data: [UInt8], to format: Format?
  ) throws(Problems) -> Int {
    let filling = try Filling(
      template: template, root: nil, .documents(undefined: .strict), to: format)
    var count = 0
    try filling.fill(name: "d.json", bytes: data, to: format) { _ in count += 1 }
    return count
  }

  // MARK: Outcomes

  /// What a run makes of a data file, as `check` and `render` do it.
  private struct Outcome {
    var documents: [OutputFile] = []
    var problems: [Diagnostic] = []
    /// Whether the documents count: status 0.
    var isDone = false
  }

  private func outcome(of path: String, _ bytes: [UInt8], inFolder folder: String) -> Outcome {
    do throws(Problems) {
      let templates = try TemplateCollection(TemplateFolder(folder), undefined: .strict)
      var outcome = outcome(of: path, bytes, templates)
      outcome.problems += templates.warnings
      return outcome
    } catch {
      return Outcome(problems: error.diagnostics)
    }
  }

  private func outcome(
    of path: String, _ bytes: [UInt8], _ templates: TemplateCollection
  ) -> Outcome {
    var outcome = Outcome()
    do throws(Problems) {
      let file = try DataFile.read(name: path, bytes: bytes)
      if let problems = file.problemsAsData(templates) { outcome.problems += problems }
      let checked = file.check(templates)
      outcome.problems += checked.problems
      guard !checked.hasErrors else { return outcome }
      outcome.documents = try checked.render(templates, formats: Format.texts)
      outcome.problems += checked.proofread(outcome.documents, with: nil)
      outcome.isDone = true
    } catch {
      outcome.problems += error.diagnostics
    }
    return outcome
  }

  /// Either there is an error, or every document that the file asks for was made, whole.
  private func expectSound(_ outcome: Outcome, _ name: String, _ path: String, _ bytes: [UInt8]) {
    let found = flaws(of: outcome.problems)
    #expect(found.isEmpty, "\(name): \(found)")
    guard outcome.isDone else {
      return #expect(outcome.problems.hasErrors, "\(name): nothing made, and no error")
    }
    var problems: [Diagnostic] = []
    let source =
      (try? Source.readingOn(name: path, bytes: bytes).source) ?? Source(name: "", bytes: [])
    let wanted = Database.read(source, into: &problems).records(ofType: "van_ban").count
    // Copies stand beside their documents.
    let pages = outcome.documents.filter {
      $0.path.hasSuffix(".html") && !$0.path.contains(/-sao(-[0-9]+)?\.html$/)
    }
    #expect(wanted > 0 && pages.count == wanted, "\(name): \(pages.count) of \(wanted) documents")
    #expect(outcome.documents.allSatisfy { !$0.bytes.isEmpty }, "\(name)")
  }
}
