import Texts

/// Reads the blocks of a plain text: its lines that are not empty.
struct PlainTextReader {
  private(set) var post = WrittenPost()
  private let input: [UInt8]
  private var index = 0
  private var line = 1
  private var isApart = true

  /// - Parameter bytes: well-formed UTF-8 in normalization form C.
  init(_ bytes: [UInt8]) {
    input = bytes
    post.bytes.reserveCapacity(bytes.count)
    post.blocks.reserveCapacity(64)
    while index < input.count { readLine() }
    moveInvisibleLines()
  }

  private mutating func readLine() {
    let start = post.bytes.count
    let indent = readIndent()
    copyWords()
    if post.bytes.last == 0x20, post.bytes.count > start { post.bytes.removeLast() }
    if post.bytes.count > start {
      var block = PostBlock(text: start..<post.bytes.count, line: line, isApart: isApart)
      block.isRight = indent >= 16
      post.blocks.append(block)
      isApart = false
    } else {
      isApart = true
    }
    endLine()
  }

  /// Blanks at the start of a line; a tab counts as eight.
  private mutating func readIndent() -> Int {
    var columns = 0
    while let (length, width) = blank(at: index) {
      columns += width
      index += length
    }
    return columns
  }

  /// Copies what stands up to the end of the line, with one blank for several.
  private mutating func copyWords() {
    var rare = index
    while index < input.count {
      if rare <= index { rare = rareSign(from: index) }
      let end = endOfWords(index..<rare)
      post.bytes += input[index..<end]
      index = end
      guard index < input.count, lineEnd(at: index) == 0 else { return }
      if let (length, _) = blank(at: index) {
        if post.bytes.last != 0x20 { post.bytes.append(0x20) }
        index += length
      } else if index == rare {
        post.bytes.append(input[index])
        index += 1
      }
    }
  }

  /// Where the next control stands, or what may begin a blank beyond ASCII.
  private func rareSign(from start: Int) -> Int {
    input.span.bytes.first(in: start..<input.count) { $0.mayBeRare }
  }

  /// Where a run of words ends that have one blank between them.
  private func endOfWords(_ run: Range<Int>) -> Int {
    if run.isEmpty || input[run.lowerBound] == 0x20 { return run.lowerBound }
    let found = input.span.extracting(run).first(of: Self.twoBlanks.span, from: 0)
    return found.map { run.lowerBound + $0 + 1 } ?? run.upperBound
  }

  private static let twoBlanks: [UInt8] = [0x20, 0x20]

  private mutating func endLine() {
    let length = lineEnd(at: index)
    if length > 0 { line += 1 }
    index += length
  }

  /// The length of a blank at an offset, and how wide it is; nil where there is none. Controls count as
  /// blanks.
  private func blank(at index: Int) -> (length: Int, width: Int)? {
    guard index < input.count, lineEnd(at: index) == 0 else { return nil }
    let byte = input[index]
    if byte == 0x09 { return (1, 8) }
    if byte <= 0x20 || byte == 0x7F { return (1, byte == 0x20 ? 1 : 0) }
    guard byte.mayBeginBlank, index + 1 < input.count else { return nil }
    let next = input[index + 1]
    // The controls U+0080 to U+009F, and the blank that does not break.
    if byte == 0xC2 { return next <= 0xA0 ? (2, next == 0xA0 ? 1 : 0) : nil }
    guard index + 2 < input.count else { return nil }
    let last = input[index + 2]
    let isBlank =
      byte == 0xE3
      ? next == 0x80 && last == 0x80
      : next == 0x80 && (last <= 0x8A || last == 0xAF) || next == 0x81 && last == 0x9F
    return isBlank ? (3, 1) : nil
  }

  /// The length of the end of a line at an offset; 0 where there is none.
  private func lineEnd(at index: Int) -> Int {
    guard index < input.count else { return 0 }
    switch input[index] {
    case 0x0A, 0x0B, 0x0C: return 1
    case 0x0D: return index + 1 < input.count && input[index + 1] == 0x0A ? 2 : 1
    case 0xC2: return index + 1 < input.count && input[index + 1] == 0x85 ? 2 : 0
    case 0xE2:
      guard index + 2 < input.count, input[index + 1] == 0x80 else { return 0 }
      return input[index + 2] | 1 == 0xA9 ? 3 : 0
    default: return 0
    }
  }

  /// Puts lines of signs that nobody sees behind the line above them.
  private mutating func moveInvisibleLines() {
    var kept: [PostBlock] = []
    for block in post.blocks {
      if let last = kept.indices.last, post.bytes[block.text].isInvisible {
        // The lines lie side by side; a blank takes the place between.
        let words = Array(post.bytes[kept[last].text]) + [0x20] + Array(post.bytes[block.text])
        let start = post.bytes.count
        post.bytes += words
        kept[last].text = start..<post.bytes.count
      } else {
        kept.append(block)
      }
    }
    post.blocks = kept
  }
}

extension SIMD16<UInt8> {
  /// Tells of each whether it is a control, or the first byte of blanks beyond ASCII.
  @inline(__always)
  fileprivate var mayBeRare: SIMDMask<SIMD16<Int8>> {
    let isControl = (self & SIMD16(repeating: 0xE0)) .== SIMD16(repeating: 0)
    let isBlank =
      (self .== SIMD16(repeating: 0xC2))
      .| ((self | SIMD16(repeating: 1)) .== SIMD16(repeating: 0xE3))
    return isControl .| isBlank .| (self .== SIMD16(repeating: 0x7F))
  }
}

extension UInt8 {
  /// Tells whether it is the first byte of blanks beyond ASCII, and of much else.
  fileprivate var mayBeginBlank: Bool {
    // E2 and E3 are rare beside the letters of E1.
    self | 1 == 0xE3 || self == 0xC2 || self == 0x7F
  }
}

extension ArraySlice<UInt8> {
  /// Tells whether all of it are signs that nobody sees: joiners and marks of direction.
  fileprivate var isInvisible: Bool {
    guard let first, first == 0xE2 || first == 0xEF || first == 0xC2 else { return false }
    return String(decoding: self, as: UTF8.self).unicodeScalars.allSatisfy { scalar in
      scalar == " " || scalar.properties.generalCategory == .format
    }
  }
}
