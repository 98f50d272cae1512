extension Position {
  /// The circumstances that change how a passage is read where nothing is open, in one word: it is
  /// compared before each value.
  struct Setting: Equatable, BitwiseCopyable {
    private(set) var bits: UInt64 = 1 << firstLine

    private static let firstLine = 8
    private static let table = 9
    private static let indentedCode = 10
    private static let digits = 16
    private static let indent = 32

    init() {}

    init(bits: UInt64) { self.bits = bits }

    var line: LineKind {
      get { LineKind(rawValue: UInt8(truncatingIfNeeded: bits)) ?? .start }
      set { bits = bits & ~0xFF | UInt64(newValue.rawValue) }
    }

    /// No paragraph is open that this line could go on with.
    var isFirstLine: Bool {
      get { self[Setting.firstLine] }
      set { self[Setting.firstLine] = newValue }
    }

    /// A delimiter row was seen since the last blank line.
    var isInTable: Bool {
      get { self[Setting.table] }
      set { self[Setting.table] = newValue }
    }

    var isIndentedCode: Bool {
      get { self[Setting.indentedCode] }
      set { self[Setting.indentedCode] = newValue }
    }

    /// The number of digits that began the line, while nothing came after them.
    var leadingDigits: Int {
      get { Int(bits >> Setting.digits & 0xFF) }
      set { bits = bits & ~(0xFF << Setting.digits) | UInt64(newValue & 0xFF) << Setting.digits }
    }

    /// The column where the content of the innermost list item stands.
    var listIndent: Int {
      get { Int(bits >> Setting.indent) }
      set { bits = bits & 0xFFFF_FFFF | UInt64(UInt32(clamping: newValue)) << Setting.indent }
    }

    private subscript(bit: Int) -> Bool {
      get { bits >> bit & 1 == 1 }
      set { bits = bits & ~(1 << bit) | (newValue ? 1 << bit : 0) }
    }
  }
}
