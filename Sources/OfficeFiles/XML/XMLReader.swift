import CExpat
import Diagnostics
import Glibc
import Texts

/// What reads a part of XML: it is told of each element and text as they come.
///
/// Names come without their prefixes: no part of an office file has two elements that differ by
/// their namespace alone where one of them is sought.
class XMLHandler {
  final fileprivate(set) var ending: Ending?
  fileprivate final var parser: XML_Parser?
  fileprivate final var depth = 0
  /// The number of bytes fed since something was told.
  fileprivate final var silence = 0

  /// What ended the reading before the end of the part.
  enum Ending {
    /// Nothing more is wanted.
    case enough
    case flaw(OfficeProblem.PartFlaw)
  }

  func start(_ name: XMLName, _ attributes: XMLAttributes) {}
  func end(_ name: XMLName) {}
  func text(_ bytes: Span<UInt8>) {}

  final func end(_ ending: Ending) {
    if self.ending == nil { self.ending = ending }
    XML_StopParser(parser, 0)
  }
}

extension ZipReader {
  /// Reads a part as XML. DOCTYPE, and with it every entity, is refused.
  mutating func read(_ part: String, _ handler: XMLHandler) throws(Diagnostic) {
    guard let parser = XMLParser(handler) else { throw flaw(.damaged, of: part) }
    var problem: OfficeProblem.PartFlaw?
    try read(part) { piece in
      problem = parser.feed(piece)
      return problem == nil && handler.ending == nil
    }
    if handler.ending == nil, problem == nil { problem = parser.finish() }
    if case .flaw(let flaw) = handler.ending { problem = flaw }
    if let problem { throw flaw(problem, of: part) }
  }
}

/// A parser of Expat's with the handler that it tells. The handler lives longer.
private struct XMLParser: ~Copyable {
  private let parser: XML_Parser
  private let handler: XMLHandler

  /// More levels than any office program writes.
  private static let deepest = 256
  /// More bytes than any tag of an office program has.
  private static let longestToken = 1 << 20

  /// nil where there is no memory.
  init?(_ handler: XMLHandler) {
    guard let parser = XML_ParserCreate(nil) else { return nil }
    (self.parser, self.handler) = (parser, handler)
    handler.parser = parser
    XML_SetUserData(parser, Unmanaged.passUnretained(handler).toOpaque())
    XML_SetElementHandler(
      parser,
      { handler, name, attributes in
        XMLParser.tell(handler) { handler in
          guard let name, let attributes else { return }
          handler.depth += 1
          if handler.depth > XMLParser.deepest {
            return handler.end(.flaw(.tooDeep(limit: XMLParser.deepest)))
          }
          handler.start(XMLName(name), XMLAttributes(start: attributes))
        }
      },
      { handler, name in
        XMLParser.tell(handler) { handler in
          guard let name else { return }
          handler.depth -= 1
          handler.end(XMLName(name))
        }
      })
    XML_SetCharacterDataHandler(parser) { handler, text, count in
      XMLParser.tell(handler) { handler in
        let bytes = UnsafeRawBufferPointer(start: text, count: Int(count))
        handler.text(bytes.bindMemory(to: UInt8.self).span)
      }
    }
    XML_SetCommentHandler(parser) { handler, _ in XMLParser.tell(handler) { _ in } }
    XML_SetProcessingInstructionHandler(parser) { handler, _, _ in
      XMLParser.tell(handler) { _ in }
    }
    XML_SetStartDoctypeDeclHandler(parser) { handler, _, _, _, _ in
      XMLParser.tell(handler) { $0.end(.flaw(.documentType)) }
    }
  }

  deinit {
    handler.parser = nil
    XML_ParserFree(parser)
  }

  /// Tells a handler something, which counts no references.
  @inline(__always)
  private static func tell(
    _ pointer: UnsafeMutableRawPointer?, _ body: (XMLHandler) -> Void
  ) {
    guard let pointer else { return }
    Unmanaged<XMLHandler>.fromOpaque(pointer)._withUnsafeGuaranteedRef { handler in
      handler.silence = 0
      body(handler)
    }
  }

  func feed(_ piece: Span<UInt8>) -> OfficeProblem.PartFlaw? {
    let status = piece.withUnsafeBytes { bytes in
      XML_Parse(
        parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), CInt(bytes.count), 0)
    }
    guard status == XML_STATUS_OK else { return flaw }
    handler.silence += piece.count
    return handler.silence > XMLParser.longestToken
      ? .tooLongToken(limit: XMLParser.longestToken) : nil
  }

  func finish() -> OfficeProblem.PartFlaw? {
    XML_Parse(parser, nil, 0, 1) == XML_STATUS_OK ? nil : flaw
  }

  private var flaw: OfficeProblem.PartFlaw {
    .notXML(line: Int(XML_GetCurrentLineNumber(parser)))
  }
}

/// The name of an element without its prefix, for the time of the call that it is handed to.
struct XMLName {
  private let start: UnsafePointer<CChar>

  fileprivate init(_ name: UnsafePointer<CChar>) {
    // Most names of a page are one letter.
    let isLetter = name[0] != 0 && name[1] == 0
    let prefix = isLetter ? nil : strchr(name, CInt(UInt8(ascii: ":")))
    start = prefix.map { UnsafePointer($0) + 1 } ?? name
  }

  /// The first byte, which tells most names apart.
  var first: UInt8 { UInt8(bitPattern: start.pointee) }

  static func ~= (other: StaticString, name: XMLName) -> Bool { name.start.has(other) }
}

/// The attributes of an element, for the time of the call that they are handed to.
struct XMLAttributes {
  fileprivate let start: UnsafeMutablePointer<UnsafePointer<CChar>?>

  /// The value of the attribute of a name, whatever its prefix.
  func string(_ name: StaticString) -> String? { value(name).map { String(cString: $0) } }

  /// The value as a number that is not negative; nil for anything else.
  func number(_ name: StaticString) -> Int? {
    guard let text = value(name) else { return nil }
    return UnsafeRawBufferPointer(start: text, count: strlen(text)).number
  }

  /// Tells whether an attribute says yes.
  func isTrue(_ name: StaticString) -> Bool { has(name, "1") || has(name, "true") }

  func has(_ name: StaticString, _ wanted: StaticString) -> Bool {
    value(name)?.has(wanted) ?? false
  }

  /// Hands each attribute on.
  func forEach(_ visit: (XMLName, Span<UInt8>) -> Void) {
    var place = start
    while let name = place[0], let value = place[1] {
      let bytes = UnsafeRawBufferPointer(start: value, count: strlen(value))
      visit(XMLName(name), bytes.bindMemory(to: UInt8.self).span)
      place += 2
    }
  }

  private func value(_ name: StaticString) -> UnsafePointer<CChar>? {
    var place = start
    while let own = place[0] {
      if name ~= XMLName(own) { return place[1] }
      place += 2
    }
    return nil
  }
}

extension UnsafePointer<CChar> {
  /// Tells whether a C string is a literal, which always ends with a zero.
  fileprivate func has(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { letters in
      guard let first = letters.baseAddress else { return false }
      return strcmp(self, UnsafeRawPointer(first).assumingMemoryBound(to: CChar.self)) == 0
    }
  }
}

extension Span<UInt8> {
  var string: String { withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) } }

  /// The number that decimal digits stand for; nil for anything else, and beyond twelve digits.
  var number: Int? { withUnsafeBufferPointer { $0.number } }
}

extension Collection<UInt8> {
  /// The number that decimal digits stand for; nil for anything else, and beyond twelve digits.
  var number: Int? {
    guard 1...12 ~= count, allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
    return reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }
}
