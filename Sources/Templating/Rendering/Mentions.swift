import Diagnostics
import Texts

/// What a document has said so far, so that some things are said in full the first time and shortly
/// afterwards.
///
/// A text that depends on it is markup with a piece of the kind ``Markup/Piece/Kind/choice``. Which of
/// its two forms is written is decided only where the text is written at last: a text that a `set`
/// block or a macro made may stand elsewhere in the document than where it was made.
final class Mentions {
  @exclusivity(unchecked) private var choices: [Choice] = []
  @exclusivity(unchecked) private var told = DistinctKeys(room: 0)

  /// The two forms of one thing.
  private struct Choice {
    let key: Key
    let first: Markup
    let later: Markup

    /// Tells whether a text still is the form of the first time.
    func isFirst(_ text: Span<UInt8>) -> Bool {
      first.text.withBytes { $0.count == text.count && $0.hasSameBytes(as: text) }
    }
  }

  /// Adds a choice.
  ///
  /// - Returns: its number.
  func add(_ key: Key, _ first: Markup, _ later: Markup) -> Int32 {
    choices.append(Choice(key: key, first: first, later: later))
    return Int32(truncatingIfNeeded: choices.count - 1)
  }

  /// The form of a thing that is being written, of which `text` stands at the place; from now on it is
  /// told. nil where a filter changed the text, which then stays as it is.
  func tell(_ number: Int32, as text: Span<UInt8>) -> Markup? {
    let choice = choices[Int(number)]
    let isFirst = told.existingSlot(of: choice.key) == nil
    if isFirst { _ = told.slot(of: choice.key) }
    guard choice.isFirst(text) else { return nil }
    return isFirst ? choice.first : choice.later
  }

  /// Adds the choice between the two forms as a filter changes them.
  ///
  /// - Returns: the form of the first time and the choice's number; nil where `text` is no longer that
  ///   form.
  func edited(
    _ number: Int32, as text: Span<UInt8>, _ edit: TextEdit, _ isStart: Bool
  ) -> (first: Markup, number: Int32)? {
    let choice = choices[Int(number)]
    guard choice.isFirst(text) else { return nil }
    let first = choice.first.edited(edit, isStart: isStart)
    return (first, add(choice.key, first, choice.later.edited(edit, isStart: isStart)))
  }

  /// The form that a captured plain text holds, as nobody knows where that is written.
  func first(_ number: Int32) -> Markup { choices[Int(number)].first }
}

extension RenderMemory {
  /// Forgets what was said: the next rendering begins a document, those after it go on with it.
  public func beginDocument() { mentions = nil }
}

extension Renderer {
  /// A text that is `first` where it is the first of its key in the document, and else `later`.
  public mutating func text(
    firstOf key: Text, first: Value, later: Value
  ) throws(Diagnostic) -> Value {
    let mentions = memory.mentions ?? Mentions()
    memory.mentions = mentions
    let (first, later) = (markup(first), markup(later))
    let number = mentions.add(Key(key), first, later)
    try countSteps(1)
    let piece = Markup.Piece(end: first.text.count, kind: .choice(number))
    return .markup(
      Markup(first.text, pieces: [piece], escape: first.escape, mentions: mentions))
  }

  /// The value as markup of the template at hand; what is none is data in it.
  private func markup(_ value: Value) -> Markup {
    if case .markup(let markup) = value, code.escape < 0 || markup.isFor(code.escape) {
      return markup
    }
    let text = value.printed
    guard code.escape >= 0 else { return Markup(text, escape: -1) }
    return Markup(
      text, pieces: [Markup.Piece(end: text.count, kind: .data)], escape: code.escape)
  }

  /// Calls a macro of a template, with the arguments of its first parameters.
  ///
  /// - Throws: also that there is no such template or macro.
  public mutating func call(
    macro name: String, of template: String, _ values: [Value]
  ) throws(Diagnostic) -> Value {
    guard let macro = try module(named: template)[name], case .macro(let macro) = macro else {
      throw problem(.notExported(name, suggestion: nil), at: callSite)
    }
    let site = callSite
    return try capture(for: macro.isEscaped ? macro.template.escape : nil) {
      (renderer: inout Renderer) throws(Diagnostic) in
      let first = renderer.arguments.count
      defer { renderer.arguments.removeLast(renderer.arguments.count - first) }
      for value in values { renderer.arguments.append(renderer.hold(value)) }
      try renderer.run(macro, given: values.count, from: first, at: site)
    }
  }
}
