import Foundation
import Testing

@testable import Encodings

/// The tables of examples of the manual page OldEncodings.md.
@Suite struct ManualTests {
  private static let page =
    (try? String(
      contentsOfFile: OwnTexts.root + "/Sources/Encodings/Encodings.docc/OldEncodings.md",
      encoding: .utf8)) ?? ""

  /// The rows below a line of titles.
  private static func rows(_ titles: String) -> [[String]] {
    page.components(separatedBy: titles + "\n").dropFirst().first.map { rest in
      rest.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
        .prefix { $0.hasPrefix("|") }.map { row in
          row.split(separator: "|").map {
            let cell = $0.trimmingCharacters(in: .whitespaces)
            return cell.hasPrefix("`") ? String(cell.dropFirst().dropLast()) : cell
          }
        }
    } ?? []
  }

  @Test func namedEncodings() throws {
    let rows = Self.rows("| `--from` | bytes, as Windows-1252 shows them | text |")
    #expect(rows.count == 6)
    for row in rows {
      let bytes = row[1].unicodeScalars.map { scalar in
        UInt8(ByteTable.windows1252.scalars.firstIndex(of: scalar.value) ?? 0)
      }
      let encoding = try #require(TextEncoding(rawValue: row[0]))
      #expect(try decoded(bytes, .encoding(encoding)) == row[2])
    }
  }

  @Test func everyEncodingIsNamed() {
    let names = Self.rows("| `--from` | encoding |").map { $0[0] }
    #expect(names == TextEncoding.allCases.map(\.rawValue) + ["auto"])
  }

  @Test func viqr() throws {
    let rows = Self.rows("| VIQR | text |")
    #expect(rows.count == 6)
    for row in rows { #expect(try decoded(Array(row[0].utf8), .encoding(.viqr)) == row[1]) }
  }

  @Test func automatic() throws {
    let rows = Self.rows("| text | becomes |")
    #expect(rows.count == 6)
    for row in rows { #expect(try decoded(Array(row[0].utf8), .automatic) == row[1]) }
  }
}
