import Foundation
import Reports
import Testing

@testable import Archives

/// Which states of data files an archive holds.
@Suite struct SealedDataTests {
  private static let root = #filePath.split(separator: "/").dropLast(3)
    .reduce("") { "\($0)/\($1)" }

  /// Seals a data file as it is.
  private static func seal(_ path: String, into archive: Archive) throws -> SealingOutcome {
    let templates = try TemplateCollection(
      TemplateFolder(root + "/Templates"), undefined: .strict)
    let sealer = try Sealer(
      archive, templates: templates, try ArchiveCodes(templates), epoch: nil)
    defer { sealer.writer.close() }
    let outcome = sealer.outcome(
      of: path, templates, Making(formats: [.html], isArchived: false, isTwoSided: false),
      DocumentMemory(), Printers())
    _ = try sealer.writer.commit(outcome.drafts)
    return outcome
  }

  @Test("what was sealed is known by the name and the bytes of its data") func states() throws {
    let folder = NSTemporaryDirectory() + "baocao-sealed-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/vi-du.rec"
    let first = try Files.read(Self.root + "/Templates/web/vi-du.rec")
    let second = first + Array("\n# sửa\n".utf8)
    let archive = Archive(folder + "/kho")

    try Files.write(first.span, to: path)
    let sealed = try Self.seal(path, into: archive)
    #expect(sealed.drafts.count == 1 && !sealed.problems.hasErrors)
    var data = try SealedData(archive)
    #expect(data.knows("vi-du.rec") && data.holds(first, named: "vi-du.rec"))
    #expect(!data.holds(second, named: "vi-du.rec") && !data.holds(first, named: "khac.rec"))
    #expect(!data.knows("khac.rec"))
    let again = try Self.seal(path, into: archive)
    #expect(again.drafts.isEmpty && again.unchanged == 1)

    // A second revision leaves the first one sealed.
    try Files.write(second.span, to: path)
    _ = try Self.seal(path, into: archive)
    data = try SealedData(archive)
    #expect(data.holds(first, named: "vi-du.rec") && data.holds(second, named: "vi-du.rec"))

    // What has errors is not sealed, and told.
    try Files.write(Array("%rec: van_ban\n\nmau: so-ket\n".utf8).span, to: path)
    let refused = try Self.seal(path, into: archive)
    #expect(refused.drafts.isEmpty && refused.problems.hasErrors)
  }
}
