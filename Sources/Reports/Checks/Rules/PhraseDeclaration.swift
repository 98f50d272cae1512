import Texts

extension CheckDeclaration.Relation {
  /// Tells whether it speaks of words and signs, which may be anything, beside fields.
  var hasPhrases: Bool {
    switch self {
    case .beginning, .noBeginning, .noEnding, .requiredEnding, .belonging, .initial, .placement,
      .citedPlacement, .leadsOn, .mentioned, .meeting, .minutes,
      .ownAnnex, .condition:
      true
    default: false
    }
  }

  /// The fields, several with bare commas between them as in `%type`, and what stands behind them;
  /// nil where something is missing.
  func fieldsAndPhrases(of value: Text) -> (fields: [Text], phrases: [Text])? {
    let words = value.words
    guard let fields = words.first?.split(at: UInt8(ascii: ",")) else { return nil }
    let phrases = words.dropFirst()
    // A record may go into documents of all kinds.
    if self == .placement || self == .citedPlacement { return (fields, Array(phrases)) }
    guard !phrases.isEmpty else { return nil }
    switch self {
    case .noBeginning: return (fields, [phrases.joined].compactMap { $0 })
    case .beginning, .ownAnnex:
      let all = phrases.joined?.split(at: UInt8(ascii: ",")).map { $0.words[...].joined } ?? []
      return all.contains { $0 == nil } ? nil : (fields, all.compactMap(\.self))
    case .noEnding, .requiredEnding: return (fields, Array(phrases))
    case .initial:
      return phrases.first?.isLetterCase ?? false ? (fields, Array(phrases)) : nil
    case .condition:
      return fields.count == 1 && phrases.count == 1 ? (fields, Array(phrases)) : nil
    case .leadsOn: return fields.count == 2 ? (fields, Array(phrases)) : nil
    case .meeting:
      let telling = phrases.first.flatMap { MeetingChecks.Telling(rawValue: $0.string) }
      return telling != nil && phrases.count == 1 ? (fields, Array(phrases)) : nil
    case .minutes:
      // The part, then the posts with which who has it signs.
      let posts = phrases.dropFirst().joined?.split(at: UInt8(ascii: ",")).map {
        $0.words[...].joined
      }
      guard fields.count == 2, let part = phrases.first, let posts,
        !posts.contains(where: { $0 == nil })
      else { return nil }
      return (fields, [part] + posts.compactMap(\.self))
    case .mentioned:
      return fields.count == 2 ? (fields, [phrases.joined].compactMap(\.self)) : nil
    default:
      let sides = phrases.split(maxSplits: 1) { $0.string == "=" }
      guard sides.count == 2, let phrase = sides[0].joined, let other = sides[1].first,
        sides[1].count > 1
      else { return nil }
      return (fields + [other], [phrase] + sides[1].dropFirst())
    }
  }
}

extension CheckDeclaration.Relation {
  /// The phrases of a line in the block of a field: all of it that values must not begin with, or
  /// the signs that they must not end with.
  func phrases(in value: Text) -> [Text] {
    let words = value.words
    switch self {
    case .noBeginning: return [words[...].joined].compactMap { $0 }
    case .initial: return words.first?.isLetterCase ?? false ? words : []
    default: return words
    }
  }
}

extension Text {
  /// Tells whether it says how a text begins: `thuong` or `hoa`.
  fileprivate var isLetterCase: Bool {
    InitialChecks.LetterCase.allCases.contains { isSpelled($0.rawValue) }
  }
}

extension ArraySlice<Text> {
  /// The text from the first word to the last, as they stand.
  fileprivate var joined: Text? {
    guard let first, let last else { return nil }
    return Text(source: first.source, range: first.range.joined(with: last.range))
  }
}
