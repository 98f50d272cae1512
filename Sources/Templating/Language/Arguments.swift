import Texts

/// Arguments as written, put into the order of the parameters where these are known.
struct Arguments: Sendable {
  /// One for each parameter.
  var bound: [ExpressionID] = []
  /// Positional arguments beyond the parameters.
  var rest: [ExpressionID] = []
  var keywords: [Keyword] = []

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

  init(_ written: Arguments, constants: CallArguments?) {
    (self.written, self.constants) = (written, constants)
  }
}

extension Tree {
  mutating func add(_ arguments: Arguments) -> Int32 {
    let list = ArgumentList(arguments, constants: constants(of: arguments))
    return self.arguments.index(adding: list)
  }

  /// Mutating, as a plain method would get a copy of the tree.
  private mutating func constants(of arguments: Arguments) -> CallArguments? {
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

  /// The member that a constant argument `attribute` names, if there is no other argument and it is
  /// a member of the items themselves.
  func onlyMember(_ arguments: Int32) -> Text? {
    guard arguments != Arguments.none,
      let given = self.arguments[Int(arguments)].constants, given.rest.isEmpty
    else { return nil }
    let values = given.bound.compactMap { $0 } + given.keywords.map(\.value)
    guard values.count == 1, let value = given[0] ?? given.keyword("attribute"),
      case .text(let path) = value
    else { return nil }
    let keys = MemberPath(path).keys
    return keys.count == 1 ? keys[0].text : nil
  }

  /// The value of an expression that is a constant.
  private mutating func constant(_ id: ExpressionID) -> Value? {
    guard case .constant(let index) = expressions[Int(id.index)] else { return nil }
    return constants[Int(index)]
  }
}
