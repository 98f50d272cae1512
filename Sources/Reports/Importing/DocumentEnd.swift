import Diagnostics
import Texts

/// What stands below the text: the recipients and the signature.
struct DocumentEnd {
  private(set) var recipients: [String] = []
  private(set) var archive: String?
  /// Whether the addressees are named first, as «Như trên».
  private(set) var hasAddressees = false
  private(set) var signers: [WrittenSigner] = []
  private(set) var unplaced: [WrittenLine] = []
  /// The blocks that it takes.
  private(set) var range: Range<Int>

  /// Who prepared the document, and how many copies there are: `VHXH.(25)`.
  private(set) var maker: (name: String, copies: String)?

  private let registers: CheckRegisters
  private let issuers: [String]

  /// - Parameters:
  ///   - start: the block with which the text begins.
  ///   - issuers: the names of those that issue it.
  init(
    _ blocks: [WrittenBlock], from start: Int, issuers: [String], _ registers: CheckRegisters
  ) {
    (self.registers, self.issuers) = (registers, issuers.map(\.foldedText))
    let finder = EndFinder(blocks, registers)
    range = finder.range(from: start)
    var signing: [SignatureLine] = []
    for block in blocks[range] {
      switch block {
      case .table(let table): read(table)
      case .paragraph(let paragraph):
        if paragraph.isBlank, !signing.isEmpty { signing.append(.gap) }
        for half in paragraph.halves { read(half, &signing, paragraph) }
      }
    }
    add(signing)
  }

  // MARK: Tables

  /// Reads the columns: one has the recipients, each other a signer.
  private mutating func read(_ table: WrittenTable) {
    let width = table.rows.map(\.cells.count).max() ?? 0
    for column in 0..<width {
      var lines: [SignatureLine] = []
      for row in table.rows where column < row.cells.count {
        for paragraph in row.cells[column].paragraphs {
          let own = paragraph.lines
          lines += own.isEmpty ? [.gap] : own.map { .line($0) }
        }
        lines.append(.gap)
      }
      let texts = lines.compactMap(\.line)
      if texts.contains(where: \.beginsRecipients) {
        // Below the recipients nothing else stands, but above them there may be.
        for line in texts { readRecipient(line) }
      } else {
        add(lines)
      }
    }
  }

  private mutating func read(
    _ half: WrittenHalves, _ signing: inout [SignatureLine], _ paragraph: WrittenParagraph
  ) {
    if let right = half.right { signing.append(.line(right)) }
    guard let left = half.left else { return }
    if left.beginsRecipients || left.isItem || left.begins(with: "lưu") {
      readRecipient(left)
    } else if half.right == nil, registers.signs(left) || left.isName || left.saysSigned {
      signing.append(.line(left))
    } else {
      readRecipient(left)
    }
  }

  // MARK: Recipients

  private mutating func readRecipient(_ line: WrittenLine) {
    if line.text.isRule { return }
    var text = line.text
    if line.beginsRecipients { text = text.dropFirst(8).string }
    if archive != nil, maker == nil, !line.isItem, let found = text.maker {
      maker = found
      return
    }
    for part in text.split(separator: ";") {
      let name = part.drop { "-–+: ".contains($0) }.string.withoutEnd
      let folded = name.foldedText
      if name.isEmpty { continue }
      if folded == "như trên" {
        hasAddressees = true
        continue
      }
      if folded.beginsWithWords("lưu"), archive == nil {
        archive = name.dropFirst(3).drop { ": ".contains($0) }.string
      } else {
        recipients.append(name)
      }
    }
  }

  // MARK: Signers

  private mutating func add(_ lines: [SignatureLine]) {
    guard let signer = WrittenSigner(lines, issuers, registers, &unplaced) else { return }
    signers.append(signer)
  }
}

/// A line of a signature, or the room for the hand.
enum SignatureLine {
  case line(WrittenLine)
  case gap

  var line: WrittenLine? {
    if case .line(let line) = self { line } else { nil }
  }
}

/// One who signs.
struct WrittenSigner {
  /// The one of several issuers for which they sign.
  private(set) var issuer: String?
  private(set) var authorities: [String] = []
  private(set) var post: String?
  private(set) var otherPost: String?
  private(set) var name: String?

  /// - Returns: nil where the lines hold no post and no name.
  init?(
    _ lines: [SignatureLine], _ issuers: [String], _ registers: CheckRegisters,
    _ unplaced: inout [WrittenLine]
  ) {
    var sawGap = false
    for entry in lines {
      guard let line = entry.line else {
        sawGap = post != nil
        continue
      }
      if line.text.isRule { continue }
      if line.saysSigned {
        unplaced.append(line)
      } else if post == nil, authorities.isEmpty, issuers.count > 1, issuers.contains(line.folded) {
        issuer = line.text
      } else if registers.isAuthority(line.text), post == nil {
        authorities.append(line.text)
      } else if line.folded == "kiêm", let own = post {
        (otherPost, post) = (own, nil)
      } else if line.isName, post != nil || !authorities.isEmpty, name == nil {
        name = line.text
      } else if line.isCapital, name == nil {
        addPost(line, sawGap, registers)
      } else if post == nil {
        post = line.text
      } else {
        unplaced.append(line)
      }
    }
    if post == nil, name == nil, authorities.isEmpty { return nil }
  }

  private mutating func addPost(
    _ line: WrittenLine, _ sawGap: Bool, _ registers: CheckRegisters
  ) {
    if post == nil {
      post = line.text
    } else if sawGap {
      otherPost = line.text
    } else {
      post?.append(" \(line.text)")
    }
  }
}

/// Finds the blocks below the text.
private struct EndFinder {
  private let blocks: [WrittenBlock]
  private let registers: CheckRegisters

  init(_ blocks: [WrittenBlock], _ registers: CheckRegisters) {
    (self.blocks, self.registers) = (blocks, registers)
  }

  func range(from start: Int) -> Range<Int> {
    let first = blocks.indices.dropFirst(start).first { index in
      blocks[index].lines.contains(where: \.beginsRecipients)
    }
    guard let first = first ?? firstSigner(from: start) else { return blocks.count..<blocks.count }
    let top = above(first, start)
    return top..<below(first, hasSigner: top < first)
  }

  /// Where lines of authority or a post begin, with a name below them.
  private func firstSigner(from start: Int) -> Int? {
    blocks.indices.dropFirst(start).first { index in
      let lines = blocks[index].lines
      guard let line = lines.first, !lines.isEmpty else { return false }
      let isSigning: Bool =
        switch blocks[index] {
        case .table: registers.areSigned(lines)
        case .paragraph: registers.signs(line)
        }
      guard isSigning else { return false }
      let next = blocks[index...].prefix(10).flatMap(\.lines)
      return next.contains(where: \.isName)
    }
  }

  /// The signature may stand above the recipients.
  private func above(_ index: Int, _ start: Int) -> Int {
    var top = index
    var next = index - 1
    while next >= start, next > index - 12 {
      let lines = blocks[next].lines
      let isSigned: Bool =
        switch blocks[next] {
        case .table: registers.areSigned(lines)
        case .paragraph:
          lines.allSatisfy { line in
            registers.signs(line)
              || line.isName && (line.alignment != .start || isBelowPost(next, start))
          }
        }
      guard isSigned else { break }
      if !lines.isEmpty { top = next }
      next -= 1
    }
    return top
  }

  /// Tells whether a post stands a few lines above a name.
  private func isBelowPost(_ index: Int, _ start: Int) -> Bool {
    let above = blocks[max(start, index - Self.longestSignature)..<index]
    return above.last { !$0.lines.isEmpty }?.lines.last.map { registers.signs($0) } ?? false
  }

  /// So many lines, blank ones with them, stand between a post and a name.
  private static let longestSignature = 8

  /// The last line of recipients or of the signature.
  private func below(_ index: Int, hasSigner: Bool) -> Int {
    var (end, hasName) = (index, hasSigner)
    for next in index..<blocks.count {
      let lines = blocks[next].lines
      if next > index, beginsAnnex(blocks[next]) { break }
      switch blocks[next] {
      case .table:
        let isOurs =
          lines.contains(where: \.beginsRecipients)
          || lines.contains { registers.signs($0) }
        guard isOurs || !hasName && lines.contains(where: \.isName) else { return end }
        hasName = hasName || lines.contains(where: \.isName)
        end = next + 1
      case .paragraph(let paragraph):
        if lines.isEmpty { continue }
        let halves = paragraph.halves
        let names = halves.compactMap { $0.right ?? $0.left }.contains(where: \.isName)
        let isOurs =
          next == index
          || halves.allSatisfy { half in
            half.right != nil || half.left.map { isPart($0) } ?? false
          }
        guard isOurs else { return end }
        hasName = hasName || names
        end = next + 1
      }
    }
    return end
  }

  private func isPart(_ line: WrittenLine) -> Bool {
    line.isItem || registers.signs(line) || line.isName || line.begins(with: "lưu")
      || line.text.isRule || line.saysSigned || line.text.hasSuffix(";")
      || line.alignment == .start && line.text.maker != nil
  }

  private func beginsAnnex(_ block: WrittenBlock) -> Bool {
    guard case .paragraph(let paragraph) = block, let line = paragraph.lines.first else {
      return false
    }
    return paragraph.beginsPage || line.begins(with: "phụ lục")
  }
}

extension String {
  /// Who prepared a document and the number of copies: `HVN-30`, `VHXH.(25)`; nil for another line.
  fileprivate var maker: (name: String, copies: String)? {
    let name = prefix { $0.isLetter }
    let rest = dropFirst(name.count)
    let copies = rest.filter { $0.isASCII && $0.isNumber }
    guard 2...8 ~= name.count, name.allSatisfy(\.isUppercase),
      rest.allSatisfy({ $0.isNumber || "-.()/".contains($0) })
    else { return nil }
    return (String(name), copies)
  }
}

extension WrittenLine {
  var beginsRecipients: Bool { begins(with: "nơi nhận") }

  /// Tells whether it stands for the signature itself: `(Đã ký)`, `[Chữ ký, đóng dấu]`.
  fileprivate var saysSigned: Bool {
    text.hasPrefix("(") || text.hasPrefix("[") && text.hasSuffix("]") || folded == "đã ký"
  }

  /// Tells whether it looks like the name of a person: two to six words, each with a capital.
  var isName: Bool {
    let words = text.split(separator: " ")
    guard 2...6 ~= words.count, !isCapital else { return false }
    return words.allSatisfy { word in
      (word.first?.isUppercase ?? false) && word.allSatisfy { $0.isLetter || $0 == "." }
    }
  }
}

extension CheckRegisters {
  /// Tells whether a line begins with a mark of authority: `TM.`, `K/T`.
  func isAuthority(_ text: String) -> Bool {
    let marks = profiles.flatMap { signatures.profile(Text($0.name))?.authorities ?? [] }
    return marks.contains { text.hasPrefix($0.mark + " ") || text.hasPrefix($0.mark + ".") }
      || marks.contains { $0.mark.hasSuffix(".") && text.hasPrefix($0.mark) }
  }

  /// Tells whether lines of a table hold a signature, with a name.
  func areSigned(_ lines: [WrittenLine]) -> Bool {
    lines.contains { signs($0) } && lines.contains(where: \.isName)
  }

  /// Tells whether a line may stand in a signature: a mark of authority, or a post in capitals.
  func signs(_ line: WrittenLine) -> Bool {
    if isAuthority(line.text) { return true }
    guard line.isCapital, line.text.count < 80 else { return false }
    let words = Array(line.folded.utf8)
    return signatures.posts.contains { post in
      words.begins(with: post.folded) || words.begins(with: post.foldedDeputy)
    }
  }
}
