import CaseFiles
import Foundation
import Testing

@testable import Archives

/// Posts whose lines are mixed, cut and joined at random: whatever they say, no word is lost, and the
/// data file is right.
@Suite struct RandomPostTests {
  private static let lines = PostTests.posts.flatMap { post in
    (post["post"] ?? "").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test(arguments: 0..<40) func mixed(_ seed: UInt64) throws {
    var random = FixedRandom(seed: seed)
    for _ in 0..<10 {
      let count = Int.random(in: 1...30, using: &random)
      let text = (0..<count).map { _ in line(&random) }.joined(separator: "\n")
      if text.words.isEmpty { continue }
      let data = try Imported(text, of: "bai.txt")
      #expect(try data.rendered().words == text.words, "\(text)")
    }
  }

  private static let ends = [
    " ./.", " [[x]]", "\t#a: b", " \\", " * _ `", "\u{200B}", "\u{A0}|",
    "\u{85}", "\u{2003}",
  ]
  private static let starts = ["+ ", "#", "%rec: ", "loai: ", "- ", "1. ", "|", "> ", "\u{200B}"]

  private func line(_ random: inout FixedRandom) -> String {
    var line = Self.lines.randomElement(using: &random) ?? ""
    switch Int.random(in: 0..<12, using: &random) {
    case 0: line = String(line.prefix(Int.random(in: 0...20, using: &random)))
    case 1: line = String(line.shuffled(using: &random))
    case 2: line += Self.ends.randomElement(using: &random) ?? ""
    case 3: line = (Self.starts.randomElement(using: &random) ?? "") + line
    case 4: line = line.uppercased()
    case 5: line = line.decomposedStringWithCanonicalMapping
    default: break
    }
    return line
  }
}
