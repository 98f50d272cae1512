import Diagnostics
import Texts

/// The parameters of a filter, a test or a function, by the names that templates may use.
public struct Signature: Sendable {
  let parameters: [String]
  /// How many of them, from the first, must be given.
  let required: Int
  /// Whether further arguments are handed on as they are.
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

  func keyword(_ name: String) -> Value? {
    keywords.first { $0.key.text.isSpelled(name) }?.value
  }
}

/// What a filter without arguments writes for values as they lie in the data, of which no ``Value``
/// is made then.
///
/// A class, as copying closures out of an array would count references.
public final class PlainWriter: Sendable {
  /// Whether what it writes, where that begins with a digit, is digits and `.`, `,`, `/` alone: it
  /// means nothing to any format then where a number means nothing.
  let isFigure: Bool
  /// What stands between groups of three digits of a whole number, which is written so; 0 where
  /// `number` writes it.
  let groupSign: UInt8
  /// How days that stand in the data as `2019-06-26` are written; nil where `text` writes them.
  let dayForm: WrittenDate.Form?
  let number: @Sendable (Int, inout ByteBuffer) -> Bool
  let text: @Sendable (Span<UInt8>, inout ByteBuffer) -> Bool

  /// - Parameters:
  ///   - number: appends what the filter makes of a whole number; false leaves it to the filter
  ///     itself, and then what was appended means nothing.
  ///   - text: the same for a text.
  ///   - isFigure: whether what begins with a digit is digits and `.`, `,`, `/` alone.
  ///   - dayForm: how days are written that stand in the data as `2019-06-26`, as `text` would do
  ///     it, too; with a sign that means nothing where a number means nothing.
  public init(
    number: @escaping @Sendable (Int, inout ByteBuffer) -> Bool = { _, _ in false },
    text: @escaping @Sendable (Span<UInt8>, inout ByteBuffer) -> Bool, isFigure: Bool = false,
    dayForm: WrittenDate.Form? = nil
  ) {
    (self.number, self.text, self.isFigure, groupSign) = (number, text, isFigure, 0)
    self.dayForm = dayForm
  }

  /// One that writes whole numbers with a sign between groups of three digits: `.` or `,`.
  public init(
    groupingBy sign: UInt8, text: @escaping @Sendable (Span<UInt8>, inout ByteBuffer) -> Bool,
    isFigure: Bool = false
  ) {
    number = { number, bytes in
      bytes.append(number: number, groupedBy: sign)
      return true
    }
    (self.text, self.isFigure, groupSign, dayForm) = (text, isFigure, sign, nil)
  }

  /// Appends what the filter makes of a stored value; false leaves it to the filter itself.
  @inline(__always)
  func append(_ value: StoredValue, of text: SourceBytes, to bytes: inout ByteBuffer) -> Bool {
    switch value {
    case .int(let number): self.number(number, &bytes)
    case .number(let number): self.number(number.value(in: text), &bytes)
    case .text(let range): self.text(text[range].span, &bytes)
    case .bool, .missing, .records, .other: false
    }
  }
}

/// A filter: `value | name(arguments)`.
public struct Filter: Sendable {
  public let name: String
  let signature: Signature
  let body: Body
  let absence: Absence
  /// What is known of the language's own.
  private(set) var part = Part.any

  /// Whether a filter takes part in sums of columns, which have a shorter way.
  enum Part: Sendable {
    case any, map, sum
  }

  /// What becomes of a value that is not there.
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
    case appending(
      @Sendable (Value, inout ByteBuffer) throws(Diagnostic) -> Void, plain: PlainWriter?)
    /// For filters that call other filters and tests, or make objects.
    case rendering(
      @Sendable (Value, CallArguments, inout Renderer) throws(Diagnostic) -> Value)
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
  ///
  /// - Parameter plain: the same for values as they lie in the data.
  public init(
    _ name: String, plain: PlainWriter? = nil,
    appending body: @escaping @Sendable (Value, inout ByteBuffer) throws(Diagnostic) -> Void
  ) {
    self.name = name
    signature = Signature()
    self.body = .appending(body, plain: plain)
    absence = .passedOn
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
    _ name: String, _ signature: Signature, _ part: Part = .any,
    rendering body:
      @escaping @Sendable (Value, CallArguments, inout Renderer) throws(Diagnostic) -> Value
  ) {
    self.name = name
    self.signature = signature
    self.part = part
    self.body = .rendering(body)
    absence = .passedOn
  }
}

/// A test: `value is name(arguments)`.
struct Test: Sendable {
  let name: String
  let signature: Signature
  /// Whether it may be asked of a name that is not there.
  let acceptsAbsent: Bool
  let body: @Sendable (Value, CallArguments, Environment) throws(Diagnostic) -> Bool

  init(
    _ name: String, _ parameters: [String] = [], acceptsAbsent: Bool = false,
    body: @escaping @Sendable (Value, CallArguments, Environment) throws(Diagnostic) -> Bool
  ) {
    self.name = name
    self.acceptsAbsent = acceptsAbsent
    self.signature = Signature(parameters, required: parameters.count)
    self.body = body
  }

  /// The test that a name stands for, by its place among all.
  static func index(of name: String) -> Int? { builtIn.firstIndex { $0.name == name } }
}

/// A function that every template can call: `range(3)`.
public struct Function: Sendable {
  let name: String
  let signature: Signature
  let body: @Sendable (CallArguments, inout Renderer) throws(Diagnostic) -> Value

  init(
    _ name: String, _ signature: Signature = Signature(),
    body: @escaping @Sendable (CallArguments, inout Renderer) throws(Diagnostic) -> Value
  ) {
    self.name = name
    self.signature = signature
    self.body = body
  }

  /// The function that a name stands for.
  static func named(_ key: Key) -> Function? { shape.slot(of: key).map { builtIn[$0] } }

  private static let shape = Shape(builtIn.map { Key($0.name) })
}

/// A macro with the variables it was made among.
public final class Macro: Sendable {
  let name: String
  let template: Template
  let routine: Int
  /// The values of its captures, in their order.
  let captured: [Value]
  /// The context of its template in the rendering that made it.
  let context: Int

  init(name: String, template: Template, routine: Int, captured: [Value], context: Int) {
    self.name = name
    self.template = template
    self.routine = routine
    self.captured = captured
    self.context = context
  }
}

extension Diagnostic {
  /// A problem of a filter or an operator with these values; the renderer adds the place.
  static func template(_ problem: TemplateProblem, of values: Value...) -> Diagnostic {
    Diagnostic(.template(problem), at: nil, notes: values.compactMap(\.origin))
  }
}

extension Value {
  /// Where in a file a text was read.
  var origin: Diagnostic.Note? {
    guard let place = asText?.place, !place.source.name.isEmpty else { return nil }
    return Diagnostic.Note(.valueFrom, at: place)
  }
}
