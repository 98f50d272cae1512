import Diagnostics
import Texts

/// A selection expression of recutils 1.9, the language of `%constraint`:
/// `#ngay_hop => so_nguoi >= 1`.
///
/// It is kept in postfix order, so that evaluating one needs no recursion. The operands are
/// integers, decimals, texts and fields; from loose to tight bind
///
/// | operators | |
/// | --- | --- |
/// | `? :` | right to left |
/// | `=>` | right to left |
/// | `&&` `\|\|` | both alike |
/// | `=` `!=` `<` `>` `<=` `>=` | numbers; `=` and `!=` also texts |
/// | `<<` `==` `>>` | dates |
/// | `+` `-` | |
/// | `*` `/` `%` `~` | |
/// | `&` | texts joined |
/// | `!` | |
public struct SelectionExpression: Sendable {
  /// The expression as it is written.
  public let text: Text
  let steps: [Step]
  /// The fields it names, each once.
  let names: [Text]
  /// Tells whether the fields of a name are tried one after another, for each name.
  let isTried: [Bool]

  enum Step: Sendable {
    case value(SelectionValue)
    /// The first field of a name, or the one at an index.
    case field(name: Int, index: Int?)
    /// The number of fields of a name.
    case count(name: Int)
    case binary(BinaryOperator)
    /// `~` with an expression that is written out.
    case matches(RegularExpression)
    case not
    case choose
  }

  /// - Throws: what is wrong with the expression, and where.
  public init(_ text: Text) throws(Diagnostic) {
    var parser = try SelectionParser(text)
    steps = try parser.parse()
    names = parser.names
    self.text = text
    var plain: Set<Int> = []
    var counted: Set<Int> = []
    for step in steps {
      if case .field(let name, nil) = step { plain.insert(name) }
      if case .count(let name) = step { counted.insert(name) }
    }
    isTried = names.indices.map { plain.contains($0) && !counted.contains($0) }
  }
}

/// The result of an operand or an operator.
enum SelectionValue: Sendable {
  case integer(Int)
  case decimal(Fraction)
  case text(ArraySlice<UInt8>)
}

enum BinaryOperator: String, Sendable {
  case implies = "=>"
  case and = "&&"
  case or = "||"
  case equal = "="
  case unequal = "!="
  case less = "<"
  case greater = ">"
  case lessOrEqual = "<="
  case greaterOrEqual = ">="
  case sameTime = "=="
  case before = "<<"
  case after = ">>"
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
  case matches = "~"
  case join = "&"

  /// Operators of a higher one take their operands first; `? :` has 0.
  var precedence: Int {
    switch self {
    case .implies: 1
    case .and, .or: 2
    case .equal, .unequal, .less, .greater, .lessOrEqual, .greaterOrEqual: 3
    case .sameTime, .before, .after: 4
    case .add, .subtract: 5
    case .multiply, .divide, .remainder, .matches: 6
    case .join: 7
    }
  }

  var isRightAssociative: Bool { self == .implies }
}
