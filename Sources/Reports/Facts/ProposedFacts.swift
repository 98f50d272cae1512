import Diagnostics
import Records
import Texts

/// The facts of a data file, and what a person says of them.
public struct ProposedFacts: Sendable {
  /// The records in the order of the file; a person names one by its number, from 1.
  public let facts: [Listed]
  private let source: Source
  /// What was not read as it is written: line ends and a mark of the byte order.
  private let repairs: ReadingRepairs

  /// A fact as the file has it.
  public struct Listed: Sendable {
    public let kind: Text
    /// The values that say what it is, without the quote.
    public let values: [Text]
    public let quote: Text
    public let paragraph: Text?
    public let confirmation: Fact.Confirmation
    /// Where what is said of it stands: its value, or the end of the record, which says nothing yet.
    fileprivate let place: Place

    fileprivate enum Place {
      case value(Text)
      case behind(Text)
    }
  }

  /// Reads a file.
  ///
  /// - Throws: what is wrong with its records as such; what they hold is not looked at.
  public init(file: String, bytes: [UInt8]) throws(Problems) {
    (source, repairs) = try Problems.collecting { () throws(Diagnostic) in
      try Source.reading(name: file, bytes: bytes)
    }
    var problems: [Diagnostic] = []
    let database = Database.read(source, into: &problems)
    try problems.throwIfErrors()
    facts = database.records(ofType: Fact.recordType).compactMap(Listed.init)
  }

  /// Makes the bytes of the file in which a person has said something of some facts; nil where nothing is
  /// new. All else stays as it is.
  ///
  /// - Parameter said: by the numbers of the facts, which the file has.
  public func bytes(saying said: [Int: Fact.Confirmation]) -> [UInt8]? {
    var bytes: [UInt8] = []
    var end = 0
    for (index, fact) in facts.enumerated() {
      guard let new = said[index + 1], new != fact.confirmation else { continue }
      switch fact.place {
      case .value(let value):
        bytes += source.bytes[end..<value.range.bounds.lowerBound] + new.rawValue.utf8
        end = value.range.bounds.upperBound
      case .behind(let last):
        let line = source.lineRange(at: last.range.bounds.upperBound).upperBound
        bytes += source.bytes[end..<line] + "\n\(Fact.confirmation): \(new.rawValue)".utf8
        end = line
      }
    }
    return end == 0 ? nil : asWritten(bytes + source.bytes[end...])
  }

  /// The bytes with the line ends and the mark of the byte order of the file.
  private func asWritten(_ bytes: [UInt8]) -> [UInt8] {
    let mark: [UInt8] = repairs.contains(.byteOrderMark) ? [0xEF, 0xBB, 0xBF] : []
    guard repairs.contains(.carriageReturns) else { return mark + bytes }
    return mark + bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
  }

  /// Makes the bytes of this file with what a person has said of the same facts in an older one.
  ///
  /// - Returns: nil where nothing was said; and how many facts of which something was said are not there.
  public func bytes(keeping old: ProposedFacts) -> (bytes: [UInt8]?, lost: Int) {
    var said: [Int: Fact.Confirmation] = [:]
    var lost = 0
    for fact in old.facts where fact.confirmation != .proposed {
      if let index = facts.firstIndex(where: { $0.isSame(as: fact) }) {
        said[index + 1] = fact.confirmation
      } else {
        lost += 1
      }
    }
    return (bytes(saying: said), lost)
  }
}

extension ProposedFacts.Listed {
  /// What is not shown as a value of the fact.
  private static let aside = ["loai", "trich", "o_doan", Fact.confirmation, Silencing.field]

  /// Tells whether it says the same in the same words.
  fileprivate func isSame(as other: Self) -> Bool {
    kind == other.kind && values == other.values && quote == other.quote
  }

  /// - Returns: nil for a record that is no fact, as one whose kind is missing.
  fileprivate init?(_ record: Record) {
    guard let kind = record.firstFilled("loai"), let quote = record.firstFilled("trich"),
      let last = record.fields.last
    else { return nil }
    (self.kind, self.quote, paragraph) = (kind, quote, record.firstFilled("o_doan"))
    values = record.fields.filter { !Self.aside.contains($0.name.string) }.map(\.value)
    let said = record.field(Fact.confirmation)?.value
    confirmation = said.flatMap { Fact.Confirmation(rawValue: $0.string) } ?? .proposed
    place = said.map { .value($0.place) } ?? .behind(last.value.place)
  }
}
