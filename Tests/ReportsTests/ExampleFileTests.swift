import Foundation
import Testing

@testable import Reports

/// The example to play with that the office's page makes.
@Suite struct ExampleFileTests {
  private static let path = GoldenTests.root + "/Templates/web/vi-du.rec"

  @Test("the example has nothing that the check tells, and makes its report") func example() throws
  {
    let templates = try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
    let dictionary = try? SyllableDictionary(path: SyllableDictionary.path)
    let check = WholeCheck(
      try DataFile.read(path: Self.path), templates, dictionary, DocumentMemory())
    #expect(check.problems.map { $0.message(in: .vietnamese) } == [])
    #expect(check.isWhole && check.checked?.reports.map(\.name) == ["so-ket"])
  }
}
