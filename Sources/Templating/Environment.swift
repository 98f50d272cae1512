import Diagnostics
import Texts

/// The treatment of white space around tags; the names are Jinja2's.
public struct Syntax: Sendable {
  /// `trim_blocks`: the newline after a block tag or comment is dropped.
  public var trimsBlocks = true
  /// `lstrip_blocks`: spaces before a block tag or comment that begins its line are dropped.
  public var stripsBlocks = true
  /// `keep_trailing_newline`: the last newline of the file is kept.
  public var keepsTrailingNewline = true

  public init() {}
}

/// The effect of using a missing value.
public enum UndefinedPolicy: Sendable {
  /// An error with its place.
  case strict
  /// It prints nothing and is false.
  case lenient
  /// It prints a loud mark with its name.
  case draft
}

/// The limits for an untrusted template.
public struct Limits: Sendable {
  /// Statements and expressions evaluated in one rendering.
  public var steps = 50_000_000
  /// Bytes of output.
  public var outputSize = 64 << 20
  /// Lists and maps inside each other.
  static let nesting = 60
  /// Members of a list or map, those of its members included.
  static let members = 5_000_000
  /// Bytes of a single text that a filter makes.
  static let textSize = 64 << 20

  static func check(textSize: Int) throws(Diagnostic) {
    guard textSize <= Limits.textSize else { throw .template(.outputTooLarge(Limits.textSize)) }
  }

  /// The number of problems that one rendering collects before it gives up.
  public var problems = 50

  public init() {}
}

/// Writes values into a buffer so that each shows the same characters in the output format; this
/// one writes them as they are.
///
/// One instance belongs to one buffer at a time and may remember what it saw there. A class, as
/// calling what a protocol's box holds would count references.
open class Escaper {
  /// The index of its escape in the environment.
  final var escape = -1

  public init() {}

  /// Begins another buffer.
  open func beginText() {}

  /// Appends a value.
  ///
  /// - Parameter passage: stands for the template's own text that came since the last value.
  open func append(
    _ value: Span<UInt8>, after passage: Passage, to output: inout ByteBuffer
  ) throws(Diagnostic) {
    output.append(value)
  }

  /// Appends the digits of a whole number, which need no escape.
  open func append(
    number: Int, after passage: Passage, to output: inout ByteBuffer
  ) throws(Diagnostic) {
    output.append(number: number)
  }

  /// Appends markup of a text of its own, as far as the place can hold it.
  open func append(prose: Span<UInt8>, to output: inout ByteBuffer) throws(Diagnostic) {
    output.append(prose)
  }

  /// Ends the buffer.
  open func finish(_ output: inout ByteBuffer) throws(Diagnostic) {}
}

/// An output format's escape: which templates it is for, and how to begin one.
public final class Escape: Sendable {
  /// The middle extension, `md` in `mau.md.jinja`.
  public let fileExtension: String
  /// Other extensions of the same format.
  let otherExtensions: [String]
  let begin: @Sendable () -> Escaper

  public init(
    fileExtension: String, others otherExtensions: [String] = [],
    begin: @escaping @Sendable () -> Escaper
  ) {
    (self.fileExtension, self.otherExtensions) = (fileExtension, otherExtensions)
    self.begin = begin
  }
}

/// The choice of the escape that a template's values go through.
public enum EscapeChoice: Sendable {
  /// By the template's middle extension.
  case byName
  case none
  case always(fileExtension: String)
}

/// The part that every template of a program shares: the language's options, filters and escapes.
/// Immutable once made; tests and functions are the language's own.
public struct Environment: Sendable {
  public var syntax = Syntax()
  public var undefined = UndefinedPolicy.strict
  /// Names what a draft lacks: a field, and a place in the record that does not have it; nil where
  /// the name is none that people know.
  public var missingName: @Sendable (_ field: Text, _ record: Text?) -> String? = { field, _ in
    field.string
  }
  public var limits = Limits()
  public var escapeChoice = EscapeChoice.byName
  /// Appends the key whose bytes sort as the text does.
  let appendSortKey: @Sendable (Text, inout ByteBuffer) -> Void
  let escapes: [Escape]
  /// The language's own, then those of the program; the last of a name counts.
  let filters: [Filter]
  /// Those of the program, beside the language's own, and their boxes.
  let functions: [Function]
  private let functionBoxes: [ValueBox]

  /// - Parameters:
  ///   - escapes: beside HTML's, which is built in; the last one for an extension counts.
  ///   - filters: beside the language's own; one of the same name replaces it.
  ///   - functions: beside the language's own, which come first.
  ///   - appendSortKey: appends a key of a text, whose bytes give the order of `sort`, `min`,
  ///     `groupby` and their like.
  public init(
    escapes: [Escape] = [], filters: [Filter] = [], functions: [Function] = [],
    appendSortKey: @escaping @Sendable (Text, inout ByteBuffer) -> Void =
      Environment.appendSmallLetters
  ) {
    let escapes = [.html] + escapes
    self.escapes = escapes
    self.appendSortKey = appendSortKey
    self.functions = functions
    functionBoxes = functions.map { ValueBox(.function($0)) }
    // Nothing is put in order here: a program that fills one report looks up a handful of names.
    self.filters = Filter.builtIn(and: filters)
  }

  /// The place of HTML's escape among all.
  static let htmlEscape = 0

  /// The filter that a name stands for, by its place among all.
  func filter(named name: Text) -> Int? {
    // A span, and the length first, as taking out a filter or its name counts references.
    let filters = filters.span
    for index in filters.indices.reversed()
    where filters[index].name.utf8.count == name.count && name.isSpelled(filters[index].name) {
      return index
    }
    return nil
  }

  /// The box of the function that a name stands for.
  func function(named key: Key) -> ValueBox? {
    if let own = Function.box(named: key) { return own }
    for index in functions.indices where key.text.isSpelled(functions[index].name) {
      return functionBoxes[index]
    }
    return nil
  }

  /// The names of all filters, each once.
  var filterNames: [String] {
    filters.indices.compactMap { index in
      let name = filters[index].name
      return filters[..<index].contains { $0.name == name } ? nil : name
    }
  }

  /// Appends the text in small letters: the order by code points.
  public static let appendSmallLetters: @Sendable (Text, inout ByteBuffer) -> Void = { text, key in
    text.withBytes { appendLowercased($0, to: &key) }
  }

  /// The escape for a template of this name: by the extension before `.jinja`.
  func escape(forTemplate name: String) -> Int? {
    switch escapeChoice {
    case .none: nil
    case .always(let fileExtension): escapes.lastIndex { $0.isFor(fileExtension.utf8[...]) }
    case .byName: escape(named: name)
    }
  }

  private func escape(named name: String) -> Int? {
    // By bytes: characters would take the tables of Unicode to find.
    let ending = ".jinja".utf8
    let isJinja = name.utf8.suffix(ending.count).elementsEqual(ending)
    let base = name.utf8.dropLast(isJinja ? ending.count : 0)
    guard let dot = base.lastIndex(of: UInt8(ascii: ".")) else { return nil }
    let wanted = base[base.index(after: dot)...]
    return escapes.lastIndex { $0.isFor(wanted) }
  }

  /// The format that a template writes, as the file extension of its escape: what its name says,
  /// else the escape that was chosen for it; nil for plain text.
  public func format(ofTemplate name: String) -> String? {
    (escape(named: name) ?? escape(forTemplate: name)).map { escapes[$0].fileExtension }
  }
}

extension Escape {
  /// Tells whether it is for files with this extension, in small or large letters.
  fileprivate func isFor(_ wanted: Substring.UTF8View) -> Bool {
    let isSame = { (name: String) in
      name.utf8.elementsEqual(wanted) { $0 == ($1 >= 0x41 && $1 <= 0x5A ? $1 | 0x20 : $1) }
    }
    return isSame(fileExtension) || otherExtensions.contains(where: isSame)
  }

  public static let html = Escape(
    fileExtension: "html", others: ["htm", "xhtml", "xml"]
  ) { HTMLEscaper() }
}

/// `&`, `<`, `>` and both quotes as character references: right in text and in attributes.
final class HTMLEscaper: Escaper {
  override func append(
    _ value: Span<UInt8>, after passage: Passage, to output: inout ByteBuffer
  ) {
    var written = 0
    for index in 0..<value.count {
      guard let reference = HTMLEscaper.reference(value[index]) else { continue }
      output.append(written..<index, of: value)
      output.append(literal: reference)
      written = index &+ 1
    }
    output.append(written..<value.count, of: value)
  }

  @inline(__always)
  private static func reference(_ byte: UInt8) -> StaticString? {
    switch byte {
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "\""): "&#34;"
    case UInt8(ascii: "'"): "&#39;"
    default: nil
    }
  }
}
