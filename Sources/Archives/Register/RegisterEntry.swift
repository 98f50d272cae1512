import Records
import Texts

/// An entry of the register: a bag, and what it is by its own words.
///
/// Its last fields chain it to the one before: `ma_truoc` is that one's `ma`, and `ma` is the sum of
/// the entry's lines above it. So none can be taken out, moved or changed without the next one telling.
struct RegisterEntry: Sendable {
  /// Below the archive.
  let bag: String
  /// The sum of its `tagmanifest-sha256.txt`, which stands for all of it.
  let sum: Checksum
  /// Further fields, such as number, day and issuer, in their order.
  let fields: [(name: String, value: String)]

  static let bagField = "goi"
  static let sumField = "ma_goi"
  static let numberField = "so"
  static let previousField = "ma_truoc"
  static let ownField = "ma"
  /// The fields that are not said of the document.
  static let ownFields = [bagField, sumField, numberField, previousField, ownField]
  /// The name of the data file.
  static let fileField = "tep"
  /// The day of sealing, where it is known.
  static let dayField = "ngay_niem"
  static let issueDayField = "ngay_ban_hanh"
  static let issuerField = "co_quan"

  /// The lines of the entry, and its own sum.
  func text(number: Int, after previous: Checksum) -> (bytes: [UInt8], sum: Checksum) {
    var writer = Writer()
    writer.writeField(Self.numberField, String(number))
    writer.writeField(Self.bagField, bag)
    writer.writeField(Self.sumField, sum.string)
    for (name, value) in fields { writer.writeField(name, value) }
    writer.writeField(Self.previousField, previous.string)
    let own = Checksum(of: writer.bytes)
    writer.writeField(Self.ownField, own.string)
    return (writer.bytes, own)
  }
}

/// The last entry of a register.
struct RegisterHead: Equatable, Sendable {
  let count: Int
  let sum: Checksum

  static let empty = RegisterHead(count: 0, sum: .zero)

  /// The line that is signed or written down elsewhere.
  var text: String { "baocao so-dang-ky \(count) \(sum.string)\n" }

  init(count: Int, sum: Checksum) { (self.count, self.sum) = (count, sum) }

  /// Reads such a line.
  init?(_ text: [UInt8]) {
    let words = String(decoding: text, as: UTF8.self).split(separator: " ")
    guard words.count == 4, words[0] == "baocao", words[1] == "so-dang-ky",
      let count = Int(words[2]), words[3].last == "\n",
      let sum = Checksum(Array(words[3].dropLast().utf8))
    else { return nil }
    self.init(count: count, sum: sum)
  }
}
