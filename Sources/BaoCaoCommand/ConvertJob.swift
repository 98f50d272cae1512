import Diagnostics
import Encodings
import Reports
import Texts

/// The work of `baocao convert`.
struct ConvertJob: Job {
  let files: [String]
  let output: String?
  let overwrites: Bool
  let choice: LegacyText.Choice
  let capitals: LineSet
  let jobs: Int

  func run() throws {
    let targets = try targets()
    let results = inParallel(files.count, jobs: targets == nil ? 1 : jobs) {
      { index in convert(files[index], to: targets?[index]) }
    }
    var problems: [Diagnostic] = []
    for (index, result) in results.enumerated() {
      problems += result.problems
      guard !result.problems.hasErrors else { continue }
      if let target = targets?[index] { try Messages.show(path: target) }
      if choice == .automatic || result.removesMark {
        Messages.tell(result.parts, of: files[index], removesMark: result.removesMark)
      }
    }
    Messages.show(problems)
    if problems.hasErrors { throw Failure.badInput }
  }

  /// Where each file is written; nil for standard output.
  private func targets() throws -> [String]? {
    guard let output, output != "-" else { return nil }
    let isFolder = files.count > 1 || output.hasSuffix("/") || Files.isFolder(output)
    guard isFolder else { return [output] }
    if Files.exists(output), !Files.isFolder(output) {
      throw Diagnostic(.conversion(.notFolder(output)), at: nil)
    }
    try Files.makeFolder(output)
    let folder = output.hasSuffix("/") ? String(output.dropLast()) : output
    let targets = files.map { "\(folder)/\($0 == "-" ? "stdin.txt" : Files.name(of: $0))" }
    var seen: Set<String> = []
    let twice = targets.filter { !seen.insert($0).inserted }
    guard twice.isEmpty else {
      throw Problems(twice.map { Diagnostic(.report(.sameOutput($0)), at: nil) })
    }
    return targets
  }

  private struct Converted: Sendable {
    var parts: [DecodedText.Part] = []
    var removesMark = false
    var problems: [Diagnostic] = []
  }

  /// Converts one file, whole or not at all.
  private func convert(_ path: String, to target: String?) -> Converted {
    if Files.isFolder(path) {
      return Converted(problems: [Diagnostic(.conversion(.folder(path)), at: nil)])
    }
    var decoder = TextDecoder(choice, capitals: capitals)
    var place = BytePlace(of: path)
    func decode(
      _ bytes: Span<UInt8>, _ isLast: Bool, _ made: inout ByteBuffer
    ) throws(Diagnostic) -> Int {
      do throws(UndecodableByte) {
        let count = try decoder.decode(bytes, isLast: isLast, to: &made)
        place.pass(bytes.extracting(0..<count))
        return count
      } catch {
        throw place.diagnostic(error, in: bytes, choice)
      }
    }
    do throws(Diagnostic) {
      if let target {
        if overwrites {
          try Files.check(isWritable: target)
        } else {
          try Files.check(output: target, isNoneOf: files)
        }
        try Files.stream(
          path, to: target, isNew: !overwrites, pieceSize: TextDecoder.pieceSize, decode)
      } else {
        let made = try Files.made(of: path, pieceSize: TextDecoder.pieceSize, decode)
        try Files.writeStandardOutput(made.span)
      }
    } catch {
      return Converted(problems: [error])
    }
    let noLine = capitals.firstLine(beyond: decoder.lineCount).map { line in
      Diagnostic(
        .conversion(.noSuchLine(path: path, line: line, count: decoder.lineCount)), at: nil)
    }
    return Converted(
      parts: decoder.parts, removesMark: decoder.removesMark,
      problems: decoder.warnings(of: path) + [noLine].compactMap(\.self))
  }
}

extension TextDecoder {
  /// What is not sure about the text.
  fileprivate func warnings(of path: String) -> [Diagnostic] {
    let unsure = parts.filter { $0.certainty == .unsure }.map { part in
      Diagnostic(
        .conversion(
          .unsure(path: path, part.reading, lines: part.lines, first: part.firstLine)),
        at: nil)
    }
    return unsure
      + notes.map { note in
        switch note {
        case .halfCapitals(let word, let line, let count):
          let bytes = [UInt8](repeating: 0x0A, count: line - 1) + Array(word.utf8)
          let source = Source(name: path, bytes: bytes)
          let range = SourceRange(start: line - 1, end: bytes.count)
          return Diagnostic(
            .conversion(.halfCapitals(word: word, count: count)),
            at: Text(source: source, range: range))
        }
      }
  }
}

/// The line that is being read, for the place of a byte that cannot be.
private struct BytePlace {
  private let path: String
  private var line = 1
  /// The number of bytes of the line that have been passed.
  private var column = 0

  init(of path: String) { self.path = path }

  mutating func pass(_ bytes: Span<UInt8>) {
    var start = 0
    while true {
      let next = bytes.bytes.first(0x0A, in: start..<bytes.count)
      guard next < bytes.count else { break }
      line += 1
      column = 0
      start = next + 1
    }
    column += bytes.count - start
  }

  /// The problem at a byte. The line shows each byte as the character that Windows-1252 has for it,
  /// so that the column counts bytes.
  func diagnostic(
    _ error: UndecodableByte, in bytes: Span<UInt8>, _ choice: LegacyText.Choice
  ) -> Diagnostic {
    var place = self
    let offset = min(error.offset, max(bytes.count - 1, 0))
    place.pass(bytes.extracting(0..<offset))
    let start = max(0, offset - place.column)
    let end = min(bytes.bytes.first(0x0A, in: offset..<bytes.count), offset + 80)
    var shown = [UInt8](repeating: 0x0A, count: place.line - 1)
    shown += [UInt8](repeating: 0x20, count: place.column - (offset - start))
    func show(_ range: Range<Int>) {
      for index in range { shown += Array(String(shownCharacter(bytes[index])).utf8) }
    }
    show(start..<offset)
    let first = shown.count
    show(offset..<min(offset + 1, bytes.count))
    let last = shown.count
    show(min(offset + 1, end)..<end)
    let encoding: TextEncoding? =
      if case .encoding(let encoding) = choice { encoding } else { nil }
    let source = Source(name: path, bytes: shown)
    let byte = bytes.isEmpty ? 0 : bytes[offset]
    return Diagnostic(
      .conversion(.undecodable(byte, encoding)),
      at: Text(source: source, range: SourceRange(start: first, end: last)))
  }

  private func shownCharacter(_ byte: UInt8) -> Character {
    byte < 0x20 || 0x7F...0x9F ~= byte ? "·" : Character(Unicode.Scalar(byte))
  }
}
