import Texts

/// Arguments as written, put into the order of the parameters where these are known.
struct Arguments: Sendable {
  /// One for each parameter.
  var bound: [ExpressionID] = []
  /// Positional arguments beyond the parameters.
  var rest: [ExpressionID] = []
  var keywords: [Keyword] = []
  /// The names of the keywords.
  var keywordNames = DistinctKeys(room: 0)
  /// `*list`, whose items stand behind the positional ones.
  var spread = ExpressionID.none
  /// `**map`, whose entries are keyword arguments.
  var keywordSpread = ExpressionID.none

  /// Tells whether only the call tells how many there are.
  var isSpread: Bool { spread != .none || keywordSpread != .none }

  final class Keyword: Sendable {
    let key: Key
    let value: ExpressionID

    init(key: Key, value: ExpressionID) {
      self.key = key
      self.value = value
    }
  }

  /// The index that stands for no arguments at all.
  static let none: Int32 = -1
}

/// The arguments of one call; a class, see ``ForLoop``.
final class ArgumentList: Sendable {
  let written: Arguments
  /// The values, where all of them are constants.
  let constants: CallArguments?

  /// The selection of the filter that is called, where that is known.
  let selection: SelectionPlan?

  static let empty = ArgumentList(Arguments(), constants: nil, selection: nil)

  init(_ written: Arguments, constants: CallArguments?, selection: SelectionPlan?) {
    (self.written, self.constants, self.selection) = (written, constants, selection)
  }
}

extension Tree {
  mutating func add(_ arguments: Arguments, selection: SelectionPlan? = nil) -> Int32 {
    let list = ArgumentList(
      arguments, constants: constants(of: arguments), selection: selection)
    return self.arguments.index(adding: list)
  }

  /// Mutating, as a plain method would get a copy of the tree.
  private mutating func constants(of arguments: Arguments) -> CallArguments? {
    if arguments.isSpread { return nil }
    var values = CallArguments()
    for id in arguments.bound {
      let value = id == .none ? nil : constant(id)
      guard id == .none || value != nil else { return nil }
      values.bound.append(value)
    }
    for id in arguments.rest {
      guard let value = constant(id) else { return nil }
      values.rest.append(value)
    }
    for keyword in arguments.keywords {
      guard let value = constant(keyword.value) else { return nil }
      values.keywords.append(NamedValue(key: keyword.key, value: value))
    }
    return values
  }

  /// The value of an expression that is a constant.
  mutating func constant(_ id: ExpressionID) -> Value? {
    guard case .constant(let index) = expressions[Int(id.index)] else { return nil }
    return constants[Int(index)]
  }
}
