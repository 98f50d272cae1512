import CaseFiles
import Diagnostics
import Templating
import Testing
import Texts

@testable import Reports

/// A figure that is read in one pass is the number that the reader of all forms makes of it.
@Suite struct FigureValueTests {
  @Test func readsCommonFormsAsAllForms() {
    var random = FixedRandom(seed: 1975)
    var numbers = 0
    for _ in 0..<20_000 {
      let text = Text(Self.figure(&random))
      let wanted = (try? canonicalFigure(text)).flatMap { Value(number: Decimal($0)) }
      let found = ColumnType.figure.value(of: text)
      #expect(found == wanted ?? .text(text), "\(text.string)")
      numbers += wanted == nil ? 0 : 1
    }
    #expect(numbers > 3_000)
  }

  /// Digits, dots and a comma, mostly as they stand in figures.
  private static func figure(_ random: inout FixedRandom) -> String {
    if Bool.random(using: &random) {
      let signs = Array("0123456789.,-")
      return String(
        (0..<Int.random(in: 0...9, using: &random)).map { _ in
          signs.randomElement(using: &random) ?? "0"
        })
    }
    var figure = Int.random(in: 0..<8, using: &random) == 0 ? "-" : ""
    figure += String(Int.random(in: 0...1200, using: &random))
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      figure += ".\(Int.random(in: 98...1001, using: &random))"
    }
    if Bool.random(using: &random) { figure += ",\(Int.random(in: 0...1001, using: &random))" }
    return figure
  }
}
