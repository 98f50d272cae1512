import CaseFiles
import Foundation
import Testing

@testable import Finding

/// The examples of `Searching.md`.
@Suite struct SearchingManualTests {
  private static let page =
    (try? String(
      contentsOfFile: packageRoot(ofTest: #filePath) + "/Sources/Finding/Finding.docc/Searching.md",
      encoding: .utf8)) ?? ""

  /// The rows of the table whose first column has a title.
  private static func rows(under title: String) -> [[String]] {
    let lines = page.components(separatedBy: "\n")
    guard let head = lines.firstIndex(where: { $0.hasPrefix("| \(title) |") }) else { return [] }
    return lines[(head + 2)...].prefix { $0.hasPrefix("|") }.map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  @Test("the words of the table find what it says") func words() throws {
    let rows = Self.rows(under: "typed")
    #expect(rows.count > 5)
    for row in rows {
      let folder = try SearchedFolder()
      defer { folder.remove() }
      let (found, others) = (
        row[1].components(separatedBy: ", "), row[2].components(separatedBy: ", ")
      )
      for (index, text) in (found + others).enumerated() {
        try folder.write("\(index).rec", subject: text)
      }
      let expected = found.indices.map { "\($0).rec" }
      #expect(folder.names(try folder.find(row[0])).sorted() == expected, "\(row)")
    }
  }

  @Test("each option for heads is one of the command's, and each column of heads has one")
  func options() {
    let options = Self.rows(under: "option").map { $0[0].prefix { $0 != " " }.dropFirst() }
    #expect(options == ["--co-quan", "--mau", "--ky", "--so", "--nguoi"])
  }
}
