import Records
import Texts

/// A fact that a running text states. It is proposed only: it counts once a person has confirmed it.
public struct Fact: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    /// A document that is cited by its number and sign.
    case document = "van_ban"
    /// A person, with the title where the text gives one.
    case person = "nguoi"
    /// A figure with its unit.
    case figure = "so_lieu"
    /// A body with a name of its own, `UBND quận Cầu Giấy`.
    case body = "co_quan"
  }

  public let kind: Kind
  /// The words that state it, where they stand.
  public let quote: Text
  /// The number of the paragraph among those that were looked at, from 1.
  public let paragraph: Int
  /// The fields of the record and their values, in the order of the schema.
  public let fields: [(name: String, value: String)]

  /// The type of the records of facts.
  public static let recordType = "du_kien"
  /// The field that says whether a person has confirmed the fact.
  public static let confirmation = "xac_nhan"

  /// What a person has said of a fact.
  public enum Confirmation: String, Sendable, CaseIterable {
    case proposed = "chua"
    case confirmed = "co"
    case refused = "khong"
  }
}

extension Writer {
  /// Writes a fact as a record that nobody has confirmed yet.
  public mutating func write(_ fact: Fact) {
    endBlock()
    writeField("loai", fact.kind.rawValue)
    for (name, value) in fact.fields { writeField(name, value) }
    writeField("trich", fact.quote)
    writeField("o_doan", "\(fact.paragraph)")
    writeField(Fact.confirmation, Fact.Confirmation.proposed.rawValue)
  }
}
