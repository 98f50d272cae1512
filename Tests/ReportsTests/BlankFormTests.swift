import CaseFiles
import Diagnostics
import Foundation
import Testing

@testable import Reports

/// A blank form, checked, tells each field that is missing; whoever does what the messages say, and
/// knows nothing else, has a valid file.
@Suite struct BlankFormTests {
  struct Form: Sendable, CustomTestStringConvertible {
    var kinds: [String] = []
    var old: String?

    var testDescription: String { kinds.joined(separator: " ") + " " + (old ?? "") }
  }

  static let forms: [Form] = {
    let templates = try? TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
    let kinds = (try? templates?.allKinds().map(\.name)) ?? []
    let blank = kinds.map { Form(kinds: [$0]) } + [Form(kinds: kinds)]
    return blank + GoldenTests.dataFiles.map { Form(old: $0) }
      + GoldenTests.dataFiles.map { Form(kinds: kinds, old: $0) }
  }()

  @Test("there are forms") func count() { #expect(Self.forms.count >= 20) }

  @Test(arguments: forms) func messagesLeadToAValidFile(_ form: Form) throws {
    let templates = try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
    let old = try form.old.map { try DataFile.read(path: GoldenTests.root + "/data/" + $0) }
    let blank = try templates.blankForm(of: form.kinds, from: old)
    let missing = try problems(blank, form, templates)
    #expect(!missing.isEmpty)
    let places = missing.compactMap { $0.place?.range.start }
    #expect(places == places.sorted() && Set(places).count == places.count)
    var lines = String(decoding: blank, as: UTF8.self).components(separatedBy: "\n")
    var people: UInt8 = 0
    for problem in missing {
      guard case .records(.emptyField(let field)) = problem.kind,
        let example = field.example, let place = problem.place
      else {
        Issue.record(
          "not a field to fill in, or without an example: \(problem.message(in: .english))")
        continue
      }
      let line = place.source.position(at: Int(place.range.start)).line - 1
      #expect(lines[line] == field.name + ":")
      lines[line] = "\(field.name): \(example)"
      // Two people who sign are not one: Nguyễn Văn A, Nguyễn Văn B.
      if field.name == "ho_ten" {
        lines[line] = lines[line].dropLast() + String(UnicodeScalar(UInt8(ascii: "A") + people))
        people += 1
      }
    }
    let filled = Array(lines.joined(separator: "\n").utf8)
    #expect(try problems(filled, form, templates).isEmpty)
    let checked = try DataFile.read(name: GoldenTests.root + "/data/x.rec", bytes: filled)
      .check(templates)
    #expect(try !checked.render(templates, formats: [.html]).isEmpty)
    var formatting = Formatting(templates)
    #expect(try formatting.format(name: "x.rec", bytes: blank).changes.isEmpty)
    let widths = lines.filter { $0.hasPrefix("#") }.map(\.count)
    #expect(widths.allSatisfy { $0 <= 100 })
  }

  @Test("recfix reads the forms", .enabled(if: Tool("recfix").isHere), arguments: forms)
  func recfixReads(_ form: Form) throws {
    let templates = try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
    let old = try form.old.map { try DataFile.read(path: GoldenTests.root + "/data/" + $0) }
    let blank = try templates.blankForm(of: form.kinds, from: old)
    let result = try Tool("recfix").run(["--check"], input: Data(blank))
    #expect(result.status == 0, "\(result.output)")
  }

  @Test("every field that a kind knows stands in its form, with its label") func everyField()
    throws
  {
    let templates = try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
    for kind in try templates.allKinds() {
      let form = String(
        decoding: try templates.blankForm(of: [kind.name], from: nil), as: UTF8.self)
      // Of types with many fields, some are only named.
      let further = Set(
        form.matches(of: #/# Còn các trường ([^:]*):/#).flatMap { match in
          match.output.1.split { ", \n#".contains($0) }.map(String.init)
        })
      for descriptor in kind.descriptors {
        // Records that the kind does not print have no place in its form.
        let printing = ["noi_in", "noi_vien_dan"].flatMap { name in
          descriptor.remarks.filter { $0.name.string == name }
            .flatMap { $0.value.string.split(separator: " ").dropFirst().map(String.init) }
        }
        let isPrinted = printing.isEmpty || printing.contains(kind.name)
        guard isPrinted || form.contains("\n%rec: \(descriptor.type.string)\n") else { continue }
        // Nobody writes these by hand.
        if descriptor.remarks.contains(where: {
          $0.name.string == "bieu_mau" && $0.value.string == "khong"
        }) {
          #expect(!form.contains("%rec: \(descriptor.type.string)\n"))
          continue
        }
        // What the kind forbids, as marks of urgency in a post, is left out too.
        let forbidden = kind.descriptors.filter { $0.type.string == descriptor.type.string }
          .flatMap { $0.prohibited.map(\.string) }
        for name in descriptor.mandatory + (descriptor.allowed ?? [])
        where !forbidden.contains(name.string) {
          #expect(
            form.contains("\n\(name.string):") || form.contains("\n#\(name.string):")
              || further.contains(name.string), "\(name.string)")
        }
      }
    }
  }

  /// Errors alone; a form may be dated before its layout profile. What an old file gave need not go
  /// with the examples: a body may be no more, a cited document be younger than the example's day.
  private func problems(
    _ bytes: [UInt8], _ form: Form, _ templates: TemplateCollection
  ) throws -> [Diagnostic] {
    let name = GoldenTests.root + "/data/x.rec"
    let problems = try DataFile.read(name: name, bytes: bytes).check(templates).problems
    return problems.filter { problem in
      if form.old != nil {
        if case .check = problem.kind { return false }
        // The form takes over the title of an annex, not the table in it.
        if case .table(.emptyAnnex) = problem.kind { return false }
      }
      return problem.severity == .error
    }
  }
}
