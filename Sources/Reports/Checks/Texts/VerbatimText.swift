import Diagnostics
import Records
import Texts

/// The text of a document that is kept word for word, and what its head and its facts say that was read
/// of it.
///
/// Title, category, author, source, end mark and the quotes of facts are words of the text; the day and
/// the views are figures of it.
struct VerbatimText {
  private let database: Database

  init(of database: Database) { self.database = database }

  /// The fields of the head and the facts that do not say what the text says.
  var problems: [Diagnostic] {
    let heads = database.records(ofType: Schema.documentType)
    guard heads.contains(where: { !$0.fields.isEmpty }) else { return [] }
    let text = database.records(ofType: Schema.verbatimType).flatMap { record in
      record.values("chu") + record.values("o")
    }
    let words = Self.words(text)
    let figures = Self.figures(text)
    let facts = Array(database.records(ofType: Fact.recordType))
    return (heads + facts).flatMap { record in
      record.fields.filter { field in
        guard !field.value.isBlank, let reading = Reading(field.name) else { return false }
        switch reading {
        case .words: return words.span.first(of: Self.words([field.value]).span, from: 0) == nil
        case .figure: return !figures.contains(field.value.digits)
        case .day: return !Self.isDay(field.value, among: figures)
        }
      }.map { field in
        Diagnostic(.check(.notInVerbatim(field.name.string, field.value.string)), at: field.value)
      }
    }
  }

  /// What a field of the head takes from the text.
  private enum Reading {
    case words, figure, day

    init?(_ name: Text) {
      switch name.string {
      case "tieu_de", "chuyen_muc", "tac_gia", "nguon", "dau_ket", "trich": self = .words
      case "luot_xem": self = .figure
      case "ngay_dang": self = .day
      default: return nil
      }
    }
  }

  /// The words of texts in small letters, with one blank between them.
  private static func words(_ texts: [Text]) -> [UInt8] {
    var words: [UInt8] = []
    for text in texts {
      for word in text.words {
        if !words.isEmpty { words.append(0x20) }
        words += folded(word.bytes)
      }
    }
    return words
  }

  /// The figures of texts as their digits, with and without the marks between groups; of a long paragraph
  /// those of its start, where the day may stand in brackets.
  private static func figures(_ texts: [Text]) -> Set<[UInt8]> {
    var figures: Set<[UInt8]> = []
    for text in texts {
      let bytes = text.bytes.count < 400 ? text.bytes : text.bytes.prefix(60)
      for part in bytes.split(whereSeparator: { !isDigit($0) }) {
        figures.insert([UInt8](part))
      }
      for part in bytes.split(whereSeparator: { !isDigit($0) && $0 != 0x2E && $0 != 0x2C }) {
        figures.insert(part.filter(isDigit))
      }
      for part in bytes.split(whereSeparator: { !isDigit($0) && $0 != 0x20 }) {
        figures.formUnion(grouped(part.split(separator: 0x20).map { [UInt8]($0) }))
      }
    }
    // A counter may begin with zeros that a number does not have: `0267`, `00`.
    return figures.union(
      figures.filter { $0.first == 0x30 }.map { figure in
        let number = figure.drop { $0 == 0x30 }
        return number.isEmpty ? [0x30] : [UInt8](number)
      })
  }

  /// The figures whose groups of three digits are parted by blanks, `4 512`.
  private static func grouped(_ groups: [[UInt8]]) -> [[UInt8]] {
    groups.indices.flatMap { first in
      var figure = groups[first]
      return groups[(first + 1)...].prefix { $0.count == 3 }.map { group in
        figure += group
        return figure
      }
    }
  }

  /// Tells whether the day and the year stand among the figures, the year perhaps with two digits.
  private static func isDay(_ value: Text, among figures: Set<[UInt8]>) -> Bool {
    let parts = value.bytes.split(whereSeparator: { !isDigit($0) }).prefix(3).map { [UInt8]($0) }
    guard parts.count == 3, let year = parts.first(where: { $0.count == 4 }) else { return true }
    let day = parts[0] == year ? parts[2] : parts[0]
    let short = day.first == 0x30 ? [UInt8](day.dropFirst()) : day
    return (figures.contains(year) || figures.contains([UInt8](year.suffix(2))))
      && (figures.contains(day) || figures.contains(short) || figures.contains([0x30] + short))
  }
}

extension Text {
  fileprivate var digits: [UInt8] { bytes.filter(isDigit) }
}
