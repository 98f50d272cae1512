import Diagnostics
import Foundation
import Records
import Testing

@testable import Reports

/// Fields that may be left out need not be deleted where they have no value.
@Suite struct BlankOptionTests {
  @Test("each optional field of each record of each shipped file", arguments: GoldenTests.dataFiles)
  func blankFieldsAreNone(_ name: String) throws {
    let templates = try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
    let path = GoldenTests.root + "/data/" + name
    let file = try DataFile.read(path: path)
    let wanted = try file.check(templates).render(templates, formats: [.markdown])
    var bytes: [UInt8] = []
    var blankLines: [String: [String]] = [:]
    let asked = Set(
      file.database.recordSets.flatMap { $0.records.compactMap { $0.field("mau")?.value.string } })
    for kind in try templates.allKinds() where asked.contains(kind.name) {
      var ignored: [Diagnostic] = []
      for type in Schema(kind.descriptors, own: [], into: &ignored).types {
        blankLines[type.name.string, default: []] += type.shownFields.filter { !$0.isMandatory }
          .map(\.name.string)
      }
    }
    // Behind each record, its type's optional fields that it does not have.
    var end = 0
    let text = file.source.bytes
    for set in file.database.recordSets {
      for record in set.records {
        let place = record.text.source.lineRange(at: Int(record.text.range.end)).upperBound
        bytes += text[end..<place]
        end = place
        let own = Set(record.fields.map(\.name.string))
        let head = record.field("mau")?.value.string
        let optional: [String]
        if let head, set.type?.string == "van_ban" {
          var ignored: [Diagnostic] = []
          let kind = try #require(try templates.kind(named: head))
          let type = try #require(
            RecordType(merging: kind.descriptors.filter(\.isOfHeads), into: &ignored))
          optional = type.shownFields.filter { !$0.isMandatory }.map(\.name.string)
        } else {
          optional = blankLines[set.type?.string ?? ""] ?? []
        }
        for name in Set(optional).subtracting(own).sorted() { bytes += Array("\n\(name): ".utf8) }
      }
    }
    bytes += text[end...]
    let checked = try DataFile.read(name: path, bytes: bytes).check(templates)
    #expect(!checked.hasErrors, "\(checked.problems.prefix(3).map { $0.message(in: .english) })")
    let made = try checked.render(templates, formats: [.markdown])
    #expect(made.map(\.bytes) == wanted.map(\.bytes))
  }
}
