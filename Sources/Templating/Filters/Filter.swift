import Diagnostics
import Texts

/// The parameters of a filter, a test or a function, by the names that templates may use.
public struct Signature: Sendable {
  let parameters: [String]
  /// The number of them, from the first, that must be given.
  let required: Int
  /// Tells whether further arguments are handed on as they are.
  let takesMore: Bool

  public init(_ parameters: [String] = [], required: Int = 0, takesMore: Bool = false) {
    self.parameters = parameters
    self.required = required
    self.takesMore = takesMore
  }
}

/// A variable, or an argument given by its name.
public struct NamedValue: Sendable {
  public let key: Key
  public internal(set) var value: Value
}

/// The values a filter, test or function is called with.
public struct CallArguments: Sendable {
  /// One for each parameter; nil where it is left out.
  public var bound: [Value?] = []
  /// Positional arguments beyond the parameters.
  public var rest: [Value] = []
  public var keywords: [NamedValue] = []

  public subscript(index: Int) -> Value? { index < bound.count ? bound[index] : nil }

  public init() {}

  func keyword(_ name: String) -> Value? {
    keywords.first { $0.key.text.isSpelled(name) }?.value
  }
}

/// A filter: `value | name(arguments)`.
public struct Filter: Sendable {
  public let name: String
  let signature: Signature
  let body: Body
  let absence: Absence

  /// The treatment of a value that is not there.
  enum Absence: Sendable {
    /// A missing optional field stays missing; an undefined name is an error.
    case passedOn
    /// The filter has an answer for a missing optional field.
    case answersMissing
    /// The filter has an answer for both.
    case answersAll
  }

  enum Body: Sendable {
    case pure(@Sendable (Value, CallArguments) throws(Diagnostic) -> Value)
    /// For filters without arguments that make a text: where it is printed at once, it goes
    /// through one buffer and is never a value.
    case appending(@Sendable (Value, inout ByteBuffer) throws(Diagnostic) -> Void)
    /// For filters that call other filters and tests, or make objects.
    case rendering(
      @Sendable (Value, CallArguments, inout Renderer) throws(Diagnostic) -> Value)
    /// For filters without arguments that change markup piece by piece.
    case editing(@Sendable (Span<UInt8>, Bool, inout ByteBuffer) -> Void)
    /// For filters that make markup of a text.
    case markup(@Sendable (Text, String?) throws(Diagnostic) -> [UInt8])
    case selecting(Selection)
  }

  /// A filter that depends on its value and arguments alone.
  public init(
    _ name: String, _ signature: Signature = Signature(),
    body: @escaping @Sendable (Value, CallArguments) throws(Diagnostic) -> Value
  ) {
    self.name = name
    self.signature = signature
    self.body = .pure(body)
    absence = .passedOn
  }

  /// A filter that makes a text of its value alone, by appending it to a buffer.
  public init(
    _ name: String,
    appending body: @escaping @Sendable (Value, inout ByteBuffer) throws(Diagnostic) -> Void
  ) {
    self.name = name
    signature = Signature()
    self.body = .appending(body)
    absence = .passedOn
  }

  /// A filter that changes letters of a text, and of markup piece by piece.
  public init(
    _ name: String, editing edit: @escaping @Sendable (Span<UInt8>, Bool, inout ByteBuffer) -> Void
  ) {
    self.name = name
    signature = Signature()
    body = .editing(edit)
    absence = .passedOn
  }

  /// A filter that makes markup of a text: in the output format of the template at hand, which is
  /// named by its file extension; nil for plain text.
  public init(
    _ name: String,
    markup body: @escaping @Sendable (Text, String?) throws(Diagnostic) -> [UInt8]
  ) {
    self.name = name
    signature = Signature()
    self.body = .markup(body)
    absence = .passedOn
  }

  /// A filter without arguments that asks the rendering at hand.
  public init(
    _ name: String,
    rendering body: @escaping @Sendable (Value, inout Renderer) throws(Diagnostic) -> Value
  ) {
    self.init(name, Signature()) { (value, _, renderer) throws(Diagnostic) in
      try body(value, &renderer)
    }
  }

  init(
    _ name: String, _ signature: Signature = Signature(), absence: Absence,
    body: @escaping @Sendable (Value, CallArguments) throws(Diagnostic) -> Value
  ) {
    self.name = name
    self.signature = signature
    self.body = .pure(body)
    self.absence = absence
  }

  init(
    _ name: String, _ signature: Signature, absence: Absence = .passedOn,
    rendering body:
      @escaping @Sendable (Value, CallArguments, inout Renderer) throws(Diagnostic) -> Value
  ) {
    self.name = name
    self.signature = signature
    self.body = .rendering(body)
    self.absence = absence
  }

  init(_ name: String, _ selection: Selection) {
    self.name = name
    signature = Signature(takesMore: true)
    body = .selecting(selection)
    absence = .passedOn
  }
}

/// A test: `value is name(arguments)`. A class, as copies of structures count references.
final class Test: Sendable {
  let name: String
  let signature: Signature
  /// Tells whether it may be asked of a name that is not there.
  let acceptsAbsent: Bool
  /// The comparison that it is, for a test with one argument.
  let comparison: Comparison?
  /// The answer without arguments, where the operand alone tells.
  let answer: (@Sendable (Operand) -> Bool)?
  /// True for `defined`, false for `undefined`, nil for any other test.
  let isDefined: Bool?
  let body: @Sendable (Value, CallArguments, Environment) throws(Diagnostic) -> Bool

  init(
    _ name: String, _ parameters: [String] = [], acceptsAbsent: Bool = false,
    body: @escaping @Sendable (Value, CallArguments, Environment) throws(Diagnostic) -> Bool
  ) {
    self.name = name
    self.acceptsAbsent = acceptsAbsent
    self.signature = Signature(parameters, required: parameters.count)
    self.body = body
    answer = nil
    comparison = Test.comparison(named: name)
    isDefined = name == "defined" ? true : name == "undefined" ? false : nil
  }

  /// A test of the operand alone.
  init(_ name: String, answer: @escaping @Sendable (Operand) -> Bool) {
    self.name = name
    acceptsAbsent = false
    signature = Signature()
    body = { (value, _, _) throws(Diagnostic) in
      let box = ValueBox(value)
      return withExtendedLifetime(box) {
        answer(Operand(lending: box.value) ?? .box(.passUnretained(box)))
      }
    }
    self.answer = answer
    (comparison, isDefined) = (nil, nil)
  }

  private static func comparison(named name: String) -> Comparison? {
    switch name {
    case "eq", "equalto", "==": .equal
    case "ne", "!=": .notEqual
    case "lt", "lessthan", "<": .less
    case "gt", "greaterthan", ">": .greater
    case "le", "<=": .lessOrEqual
    case "ge", ">=": .greaterOrEqual
    case "in": .isIn
    default: nil
    }
  }

  /// The test that a name stands for, by its place among all.
  static func index(of name: String) -> Int? { builtIn.firstIndex { $0.name == name } }
}

/// A function that every template can call: `range(3)`. A class, as copies of structures count
/// references.
public final class Function: Sendable {
  let name: String
  let signature: Signature
  let body: @Sendable (CallArguments, inout Renderer) throws(Diagnostic) -> Value

  public init(
    _ name: String, _ signature: Signature = Signature(),
    body: @escaping @Sendable (CallArguments, inout Renderer) throws(Diagnostic) -> Value
  ) {
    self.name = name
    self.signature = signature
    self.body = body
  }

  /// The box of the language's function that a name stands for.
  static func box(named key: Key) -> ValueBox? { shape.slot(of: key).map { boxes[$0] } }

  private static let boxes = builtIn.map { ValueBox(.function($0)) }

  private static let shape = Shape(builtIn.map { Key($0.name) })
}

/// A macro with the variables it was made among.
public final class Macro: Sendable {
  let name: Text
  let template: Template
  let routine: Routine
  /// The values of its captures, in their order.
  let captured: [Value]
  /// The context of its template in the rendering that made it.
  let context: Int

  /// Tells whether its values go through its template's escape.
  var isEscaped: Bool { routine.isEscaped }

  init(name: Text, template: Template, routine: Routine, captured: [Value], context: Int) {
    self.name = name
    self.template = template
    self.routine = routine
    self.captured = captured
    self.context = context
  }

  /// What a template may ask of a macro.
  func attribute(_ key: Key) -> Value? {
    switch key.text.string {
    case "name": .text(name)
    case "arguments": .tuple(routine.parameters.map { .text($0.name.text) })
    case "caller": .bool(routine.callerSlot != nil)
    default: nil
    }
  }
}

extension Diagnostic {
  /// A problem of a filter or an operator with these values; the renderer adds the place.
  static func template(_ problem: TemplateProblem, of values: Value...) -> Diagnostic {
    Diagnostic(.template(problem), at: nil, notes: values.compactMap(\.origin))
  }
}

extension Value {
  /// The place in a file where a text was read.
  var origin: Diagnostic.Note? {
    guard let place = asText?.place, !place.source.name.isEmpty else { return nil }
    return Diagnostic.Note(.valueFrom, at: place)
  }
}
