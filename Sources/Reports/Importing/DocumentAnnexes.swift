import Diagnostics
import Texts

/// An annex, or an enclosed document, behind the signature.
struct WrittenAnnex {
  let code: String
  /// `QUY CHẾ`; nil for an annex.
  private(set) var documentName: String?
  private(set) var title: String?
  /// Whose document it is enclosed with, where the line names another body.
  private(set) var owner: String?
  private(set) var body: WrittenBody
  /// The line with the number of the annex; nil where it has none.
  private(set) var label: WrittenLine?
  private(set) var enclosure: WrittenLine?
  let first: WrittenLine
  /// Whether the names of the issuer and of the state or the Party stand above it.
  let hasHead: Bool

  /// The annexes that stand in the blocks.
  ///
  /// - Parameter document: all that stands before them.
  static func all(
    in blocks: ArraySlice<WrittenBlock>, behind document: ArraySlice<WrittenBlock>,
    _ words: WordingRegister, _ tables: inout TableImport
  ) -> [WrittenAnnex] {
    let said = Set(document.flatMap(\.lines).map(\.text))
    var parts: [ArraySlice<WrittenBlock>] = []
    for index in blocks.indices {
      if beginsAnnex(blocks, index) || parts.isEmpty {
        parts.append(blocks[index...index])
      } else if let last = parts.indices.last {
        parts[last] = blocks[parts[last].startIndex...index]
      }
    }
    let filled = parts.filter { part in part.contains { !$0.lines.isEmpty } }
    return filled.enumerated().compactMap { index, part in
      WrittenAnnex(part, number: index + 1, said, words, &tables)
    }
  }

  private static func beginsAnnex(_ blocks: ArraySlice<WrittenBlock>, _ index: Int) -> Bool {
    guard case .paragraph(let paragraph) = blocks[index], let line = paragraph.lines.first else {
      return blocks[index].isHeadTable
    }
    // The name of what is enclosed stands below its head.
    let above = blocks[..<index].last { !$0.lines.isEmpty }
    if above?.isHeadTable ?? false { return false }
    if line.isAnnexLabel { return true }
    // A page of its own begins another one where a title stands at its top.
    return paragraph.beginsPage && line.isCapital && line.alignment == .center
  }

  private init?(
    _ blocks: ArraySlice<WrittenBlock>, number: Int, _ said: Set<String>,
    _ wordings: WordingRegister, _ tables: inout TableImport
  ) {
    func isSaid(_ block: WrittenBlock) -> Bool { block.lines.allSatisfy { said.contains($0.text) } }
    // The program prints the head of an enclosed document itself, which is that of the document.
    hasHead = blocks.first.map { $0.isHeadTable && isSaid($0) } ?? false
    let blocks = hasHead ? blocks.dropFirst() : blocks
    guard let first = blocks.lazy.flatMap(\.lines).first else { return nil }
    (self.first, code) = (first, "phu-luc-\(number)")
    var next = blocks.startIndex
    var words: [String] = []
    heads: while next < blocks.endIndex, case .paragraph(let paragraph) = blocks[next] {
      for line in paragraph.lines where !line.text.isRule {
        if line.isAnnexLabel, label == nil, words.isEmpty {
          label = line
        } else if line.text.hasPrefix("("), line.folded.contains("kèm theo") {
          enclosure = line
        } else if enclosure == nil,
          line.alignment == .center || line.isBold && words.isEmpty
            || line.isCapital && label != nil,
          TypedLabel.take(from: line, lastRoman: 0) == nil
        {
          let isName = wordings.enclosedNames.contains(line.folded)
          if isName, words.isEmpty { documentName = line.text } else { words.append(line.text) }
        } else {
          break heads
        }
      }
      next += 1
    }
    title = words.isEmpty ? nil : words.joined(separator: " ").withoutEnd
    let setting = WrittenBody.Setting(takesOpening: true, takesClosing: false, isAnnex: true)
    // So it does with its signature.
    var end = blocks.endIndex
    while documentName != nil, end > next, isSaid(blocks[end - 1]) { end -= 1 }
    body = WrittenBody(blocks[next..<end], setting, wordings, &tables)
  }

  /// Takes the owner out of the line `(Kèm theo … của …)`.
  ///
  /// - Parameters:
  ///   - expected: what the program prints before the owner.
  ///   - issuer: whom it prints where no other is named.
  /// - Returns: whether the line is printed as it is.
  mutating func readEnclosure(_ expected: String, _ issuer: String) -> Bool {
    guard let enclosure else { return false }
    let text = enclosure.text.drop { $0 == "(" }.string.trimming(")./")
    guard let range = text.ranges(of: " của ").last else { return false }
    let owner = text[range.upperBound...].string.cleaned
    if owner.foldedText != issuer.foldedText { self.owner = owner }
    return text[..<range.lowerBound].string.foldedText == expected.foldedText
  }
}

extension WrittenBlock {
  /// Tells whether it is the table with the names of an issuer and of the state or the Party.
  fileprivate var isHeadTable: Bool {
    guard case .table = self else { return false }
    return lines.contains { line in
      ["cộng hòa xã hội chủ nghĩa việt nam", "đảng cộng sản việt nam"].contains {
        line.folded.hasPrefix($0)
      }
    }
  }
}

extension WrittenLine {
  /// `PHỤ LỤC`, `Phụ lục II`, `Phụ lục số 01`.
  fileprivate var isAnnexLabel: Bool {
    guard begins(with: "phụ lục"), text.count < 20 else { return false }
    let rest = folded.dropFirst(7).string.replacing("số", with: "").filter { !" .:".contains($0) }
    return rest.allSatisfy { $0.isNumber || "ivxlc".contains($0) } || rest.count == 1
  }
}
