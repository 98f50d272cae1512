import Diagnostics
import Texts

/// A thing that a template may change: it belongs to one rendering. A class, see ``ForLoop``.
final class TemplateObject {
  @exclusivity(unchecked) private(set) var state: State

  enum State {
    case namespace
    case cycler([Value], index: Int)
    case joiner(Text, isUsed: Bool)
    case loop(LoopState)
  }

  /// The attributes of a namespace, and their values.
  @exclusivity(unchecked) private var names = DistinctKeys(room: 0)
  @exclusivity(unchecked) private var values: [Value] = []

  /// - Parameter attributes: the last of several with one name counts.
  init(_ state: State, attributes: [NamedValue] = []) {
    self.state = state
    for attribute in attributes { set(attribute.key, attribute.value) }
  }

  func attribute(_ key: Key) -> Value? {
    switch state {
    case .namespace: names.existingSlot(of: key).map { values[$0] }
    case .cycler(let values, let index) where key == Key("current"): values[index]
    default: nil
    }
  }

  func set(_ key: Key, _ value: Value) {
    guard case .namespace = state else { return }
    let slot = names.slot(of: key)
    if slot == values.count { values.append(value) } else { values[slot] = value }
  }

  /// `cycler.next()`, `cycler.reset()` or `joiner()`; nil for any other method.
  func call(_ method: String) -> Value? {
    switch (state, method) {
    case (.cycler(let values, let index), "next"):
      state = .cycler(values, index: (index + 1) % values.count)
      return values[index]
    case (.cycler(let values, _), "reset"):
      state = .cycler(values, index: 0)
      return Value.none
    case (.joiner(let separator, let isUsed), "call"):
      state = .joiner(separator, isUsed: true)
      return .text(isUsed ? separator : MemberPath.none.text)
    default: return nil
    }
  }
}

extension Renderer {
  mutating func make(_ object: TemplateObject) -> Value {
    objects.append(object)
    return .object(ObjectID(index: objects.count - 1))
  }

  /// Calls a method of an object, or a macro kept in a namespace.
  mutating func callMethod(
    _ key: Key, of id: ObjectID, _ arguments: Int32, at place: ExpressionID
  ) throws(Diagnostic) -> Value {
    if let result = try callLoop(key == Key("call") ? nil : key, of: id, arguments, at: place) {
      return result
    }
    if let result = objects[id.index].call(key.text.string) {
      _ = try evaluate(arguments: arguments)
      return result
    }
    if case .macro(let macro)? = objects[id.index].attribute(key) {
      return try capture(macro, arguments, at: place)
    }
    throw problem(.noAttributes(key.text.string, of: .object), at: place)
  }
}

extension Function {
  static let builtIn: [Function] = [
    Function("range", Signature(["start", "stop", "step"], required: 1)) {
      (arguments, renderer) throws(Diagnostic) in
      try range(arguments, &renderer)
    },
    Function("dict", Signature(takesMore: true)) { (arguments, _) throws(Diagnostic) in
      var entries: [(Key, Value)] = []
      if case .map(let map)? = arguments.rest.first {
        entries += zip(map.keys, map.values).map { ($0, $1) }
      }
      return .map(ValueMap(entries + arguments.keywords.map { ($0.key, $0.value) }))
    },
    Function("namespace", Signature(takesMore: true)) { (arguments, renderer) throws(Diagnostic) in
      var values: [NamedValue] = []
      if case .map(let map)? = arguments.rest.first {
        values += zip(map.keys, map.values).map { NamedValue(key: $0, value: $1) }
      }
      return renderer.make(
        TemplateObject(.namespace, attributes: values + arguments.keywords))
    },
    Function("cycler", Signature(takesMore: true)) { (arguments, renderer) throws(Diagnostic) in
      guard !arguments.rest.isEmpty else { throw .template(.missingArgument("…", of: "cycler")) }
      return renderer.make(TemplateObject(.cycler(arguments.rest, index: 0)))
    },
    Function("joiner", Signature(["sep"])) { (arguments, renderer) throws(Diagnostic) in
      renderer.make(TemplateObject(.joiner(arguments[0]?.asText ?? Text(", "), isUsed: false)))
    },
  ]

  private static func range(
    _ arguments: CallArguments, _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value {
    var bounds: [Int] = []
    for (index, value) in arguments.bound.enumerated() {
      guard let value else { break }
      guard let int = value.asInt else {
        let names = bounds.isEmpty && arguments[1] == nil ? ["stop"] : ["start", "stop", "step"]
        throw .template(.badArgument(names[index], of: "range"))
      }
      bounds.append(int)
    }
    let start = bounds.count > 1 ? bounds[0] : 0
    let stop = bounds.count > 1 ? bounds[1] : bounds[0]
    let step = bounds.count > 2 ? bounds[2] : 1
    guard step != 0 else { throw .template(.badArgument("step", of: "range")) }
    let (distance, overflow) = stop.subtractingReportingOverflow(start)
    let quotient = distance.dividedReportingOverflow(by: step)
    let count = overflow || quotient.overflow ? Int.max : max(0, quotient.partialValue)
    guard count <= 1_000_000 else { throw .template(.badArgument("stop", of: "range")) }
    try renderer.countSteps(count)
    return .list(stride(from: start, to: stop, by: step).map { .int($0) })
  }
}
