import Foundation
import Reports
import Testing

/// The signature at forty lengths of text: with the end of the text always, and on the next page only
/// where the page has no room for it.
@Suite(.enabled(if: Printing.isHere, Printing.absence)) struct SignaturePlacementTests {
  /// Texts that end a first page at forty heights, some in short paragraphs and some in long ones.
  private static func paragraphs(_ length: Int) -> [String] {
    let lines = 8 + length / 2
    let short = Array(repeating: PrintedForms.paragraph(lines: 1), count: lines / 2)
    return length % 2 == 0
      ? short + [PrintedForms.paragraph(lines: lines - short.count)]
      : Array(repeating: PrintedForms.paragraph(lines: 1), count: lines)
  }

  @Test(arguments: [("nha-nuoc-2020", 17.5), ("dang-2026", 20.0)])
  func fortyLengths(profile: String, pitch: Double) throws {
    let printer = try Printing.shared.get()
    let pdfs = try (0..<40).map { length in
      let data = PrintedForms.announcement(profile, paragraphs: Self.paragraphs(length))
      return try #require(try Printing.pdfs(of: data, with: printer).values.first)
    }
    var moved = 0
    for (length, pdf) in try PrintedPDF.read(pdfs).enumerated() {
      let index = try #require(pdf.pages.firstIndex { $0.hasSignature })
      let page = pdf.pages[index]
      #expect(pdf.pages.filter(\.hasSignature).count == 1 && index == pdf.pages.count - 1)
      #expect(page.runs.contains { $0.text == "Lê Văn C" }, "length \(length): it is whole")
      let block = page.signature
      let text = page.runs.filter { $0.box.bottom <= block.top + 1 && $0.box.top > 50 }
      #expect(!text.isEmpty, "length \(length): alone on its page")
      guard index > 0, page.beginsWithText else { continue }
      moved += 1
      // What came to this page, with the leading above it, against the room that was left.
      let leading = (pitch - 14) / 2
      // A paragraph of its own would have stood below a gap there.
      let gap = length % 2 == 0 ? 0.0 : 6
      let needed = block.bottom - millimetres(20) + gap
      let kept = try #require(pdf.pages[index - 1].runs.map(\.box.bottom).max())
      let room = millimetres(297 - 20) - kept - leading
      #expect(needed > room - 1, "length \(length): moved without need, \(needed) in \(room)")
    }
    #expect((5...39).contains(moved), "both are tried: \(moved) of 40 moved")
  }
}

extension PrintedPDF.Page {
  fileprivate var hasSignature: Bool { runs.contains { $0.text.hasPrefix("Nơi nhận") } }

  /// The label of the recipients, the authority and all below them.
  fileprivate var signature: (top: Double, bottom: Double) {
    let tops = runs.filter { run in
      ["Nơi nhận", "KT.", "T/M"].contains { run.text.hasPrefix($0) }
    }.map(\.box.top)
    return (tops.min() ?? 0, runs.map(\.box.bottom).max() ?? 0)
  }

  /// Tells whether the page is no first one, by its number at the top.
  fileprivate var beginsWithText: Bool { runs.contains { $0.box.bottom < millimetres(20) } }
}
