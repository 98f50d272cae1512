import Texts

/// The bytes and characters of a file that have no place in a text, each a problem.
///
/// The text goes on around them: a byte that is not UTF-8 is read as U+FFFD, a control character as
/// itself.
public struct TextFlaws: Sendable {
  /// In the order of the text.
  public private(set) var problems: [Diagnostic] = []
  private var misread: MisreadLetters?

  /// Takes problems of one text for some.
  public init(_ problems: [Diagnostic]) {
    self.problems = problems.sorted { ($0.place?.range.start ?? 0) < ($1.place?.range.start ?? 0) }
  }

  /// Takes the letters of a text that are misread for all.
  init(_ misread: MisreadLetters) {
    guard let problem = misread.problem else { return }
    (problems, self.misread) = ([problem], misread)
  }

  /// These and further problems of the same text.
  public func adding(_ others: [Diagnostic]) -> TextFlaws {
    var flaws = TextFlaws(problems + (misread?.explaining(others) ?? others))
    flaws.misread = misread
    return flaws
  }

  /// Looks for them in the text as it was read.
  ///
  /// - Parameters:
  ///   - replaced: which of the characters U+FFFD, counted from 0, stand for bytes that are not UTF-8.
  ///   - guess: what these bytes may come from.
  ///   - misread: the letters that are misread.
  init(in source: Source, replaced: [Int], _ guess: EncodingGuess, _ misread: MisreadLetters) {
    let bytes = source.bytes
    var replaced = replaced[...]
    var marks = 0
    for offset in bytes.indices {
      guard let length = bytes.lengthOfFlaw(at: offset) else { continue }
      let place = Text(source: source, range: SourceRange(start: offset, end: offset + length))
      let code = bytes[offset + length - 1]
      if length < 3 {
        problems.append(
          Diagnostic(.source(code == 0 ? .nulByte : .controlCharacter(code: code)), at: place))
      } else {
        if replaced.first == marks {
          replaced.removeFirst()
          problems.append(Diagnostic(.source(.notUTF8(guess: guess)), at: place))
        }
        marks += 1
      }
    }
    self = TextFlaws(misread).adding(problems)
  }

  /// The first one, with notes of where the others are; nil where there is none.
  var joined: Diagnostic? {
    guard var first = problems.first else { return nil }
    first.notes += problems.dropFirst().map { Diagnostic.Note(.alsoHere, at: $0.place) }
    return first
  }

  /// Leaves out what else was found where one of them stands: it most likely follows from that.
  public func explaining(_ others: [Diagnostic]) -> [Diagnostic] {
    guard !problems.isEmpty else { return others }
    let others = misread?.explaining(others) ?? others
    let ranges = problems.compactMap(\.place?.range)
    return others.filter { other in
      if case .source = other.kind { return true }
      guard let place = other.place?.place, place.source === problems[0].place?.source else {
        return true
      }
      let next = ranges.sortedIndex(after: { $0.end <= place.range.start })
      return next == ranges.count || ranges[next].start >= place.range.end
    }
  }
}

extension [UInt8] {
  /// The length of the control character, or of the U+FFFD, that begins at an offset; nil for any
  /// other. Tabs and line feeds are none.
  fileprivate func lengthOfFlaw(at offset: Int) -> Int? {
    switch self[offset] {
    case 0x09, 0x0A: nil
    case 0..<0x20, 0x7F: 1
    case 0xC2 where self[offset + 1] < 0xA0: 2
    case 0xEF where self[offset + 1] == 0xBF && self[offset + 2] == 0xBD: 3
    default: nil
    }
  }
}
