import CaseFiles
import Testing
import Texts

@testable import Reports

/// Facts that running texts state: `facts.case` has the text, and what is to be proposed of it. Also what
/// is not there is a demand: nothing may be proposed that no line names.
@Suite struct FactFinderTests {
  static let folder = String(#filePath.dropLast("/FactFinderTests.swift".count))
  static let cases = CaseFile.all(in: folder, extension: "case")

  static let finder = try? FactFinder(
    TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict))

  @Test(arguments: cases) func facts(_ file: CaseFile) throws {
    let finder = try #require(Self.finder)
    let text = try #require(file["text"])
    let paragraphs = Self.paragraphs(text)
    let found = finder.facts(in: paragraphs).map { fact in
      "\(fact.paragraph) \(fact.kind.rawValue) "
        + fact.fields.map { "\($0.name)=\($0.value)" }.joined(separator: "; ")
        + " «\(fact.quote.string)»"
    }.joined(separator: "\n")
    if CaseFile.isRecording { return try file.record([("output", found)], in: Self.folder) }
    #expect(found == file["output"])
  }

  static func paragraphs(_ text: String) -> [(text: Text, number: Int)] {
    text.split(separator: "\n").enumerated().map { (Text(String($0.element)), $0.offset + 1) }
  }

  @Test("there are cases") func areThere() { #expect(Self.cases.count > 5) }

  @Test("the quote of a fact stands in its paragraph") func quotes() throws {
    let finder = try #require(Self.finder)
    for file in Self.cases {
      let paragraphs = Self.paragraphs(file["text"] ?? "")
      for fact in finder.facts(in: paragraphs) {
        #expect(fact.quote.source === paragraphs[fact.paragraph - 1].text.source)
      }
    }
  }
}
