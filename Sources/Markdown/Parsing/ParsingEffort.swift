import Texts

/// What it takes cmark to parse a text, as far as it can grow faster than the text: containers in
/// each other, signs that look for a partner in a long paragraph, cells that rows leave out, and
/// targets of links that are written down once and used often.
struct ParsingEffort {
  let isLimited: Bool
  private var line = 0
  /// The line that takes too much.
  private(set) var excess: Excess?
  private var leafBytes = 0
  private var leafSigns = 0
  /// The block of text at hand begins with a bracket, and defines the target of a link.
  private var isBracketed = false
  private var isDefinition = false
  private var definitionBytes = 0
  private var brackets = 0
  private var bytes = 0
  private var cells = 0

  struct Excess {
    let line: Int
    let kind: Kind
  }

  enum Kind {
    case depth
    case signs
    case cells
  }

  static let greatestDepth = 100
  /// Signs times bytes: a solid run of three thousand signs, or 200 in forty thousand letters.
  private static let greatestProduct = 1 << 23
  private static let spareCells = 10_000

  init(isLimited: Bool) {
    self.isLimited = isLimited
  }

  var isTooMuch: Bool { excess != nil }

  mutating func begin(line: Int) { self.line = line }

  mutating func note(depth: Int) {
    if isLimited, depth > Self.greatestDepth { exceed(.depth) }
  }

  mutating func endLeaf() {
    (leafBytes, leafSigns, isBracketed, isDefinition) = (0, 0, false, false)
  }

  /// Adds a line to the block of text at hand.
  mutating func add(_ content: Range<Int>, of text: [UInt8]) {
    guard isLimited else { return }
    if leafBytes == 0 { isBracketed = content.first.map { text[$0] } == UInt8(ascii: "[") }
    for index in content where signs.contains(text[index]) {
      leafSigns += 1
      if text[index] == UInt8(ascii: "[") { brackets += 1 }
    }
    leafBytes += content.count
    bytes += content.count
    if isDefinition {
      definitionBytes += content.count
    } else if isBracketed, text[content].contains("]:".utf8) {
      isDefinition = true
      definitionBytes += leafBytes
    }
    if leafSigns * leafBytes > Self.greatestProduct
      || definitionBytes * brackets > 2 * Self.greatestProduct
    {
      exceed(.signs)
    }
  }

  /// Adds a row of a table, which has all of its cells whether they are written or not.
  mutating func add(row table: PipeTable) {
    guard isLimited else { return }
    cells += table.alignments.count
    if cells > bytes + Self.spareCells { exceed(.cells) }
  }

  private mutating func exceed(_ kind: Kind) {
    excess = excess ?? Excess(line: line, kind: kind)
  }
}

/// What cmark keeps until its partner comes.
private let signs = ByteSet("!*<[]_`")
