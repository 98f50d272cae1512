/// Arguments as written, put into the order of the parameters where these are known.
struct Arguments: Sendable {
  /// One for each parameter.
  var bound: [ExpressionID] = []
  /// Positional arguments beyond the parameters.
  var rest: [ExpressionID] = []
  var keywords: [Keyword] = []
  /// The values, where all of them are constants.
  fileprivate(set) var constants: CallArguments?

  final class Keyword: Sendable {
    let key: Key
    let value: ExpressionID

    init(key: Key, value: ExpressionID) {
      self.key = key
      self.value = value
    }
  }

  fileprivate func constants(in tree: Tree) -> CallArguments? {
    let ids = bound.filter { $0 != .none } + rest + keywords.map(\.value)
    guard ids.allSatisfy({ tree.constant($0) != nil }) else { return nil }
    var values = CallArguments()
    for id in bound { values.bound.append(id == .none ? nil : tree.constant(id)) }
    values.rest = rest.compactMap(tree.constant)
    values.keywords = keywords.compactMap { keyword in
      tree.constant(keyword.value).map { (keyword.key, $0) }
    }
    return values
  }

  /// The index that stands for no arguments at all.
  static let none: Int32 = -1
}

extension Tree {
  mutating func add(_ arguments: Arguments) -> Int32 {
    var arguments = arguments
    arguments.constants = arguments.constants(in: self)
    return self.arguments.index(adding: arguments)
  }

  /// The value of an expression that is a constant.
  fileprivate func constant(_ id: ExpressionID) -> Value? {
    guard case .constant(let index) = expressions[Int(id.index)] else { return nil }
    return constants[Int(index)]
  }
}
