import Diagnostics
import Texts

/// The parts of a document's number and sign, `số, ký hiệu` (NĐ 30/2020, Phụ lục I, II.3).
///
/// | written | number | year | kind | issuer | unit |
/// | --- | --- | --- | --- | --- | --- |
/// | `172/KH-UBND` | 172 | | KH | UBND | |
/// | `34/2007/PL-UBTVQH11` | 34 | 2007 | PL | UBTVQH11 | |
/// | `10/2022/QH15` | 10 | 2022 | | QH15 | |
/// | `12/UBND-VX`, a letter (công văn) | 12 | | | UBND | VX |
/// | `120-KL/TW`, of the Party | 120 | | KL | TW | |
/// | `34`, cited without its sign | 34 | | | | |
public struct DocumentNumber: Sendable {
  /// The number as it is written, with its zeros: `05`.
  public let number: Text
  /// The year, where the sign has one.
  public private(set) var year: Int?
  /// The sign of the kind, such as `KH`; nil for a letter, and where the sign names none.
  public private(set) var kind: Text?
  /// The sign of the issuing body.
  public private(set) var issuer: Text?
  /// The sign of the unit that wrote a letter.
  public private(set) var unit: Text?
  /// Tells whether the sign is in the Party's form, with a hyphen before the kind.
  public private(set) var isOfParty = false

  /// Reads a number and sign.
  ///
  /// - Throws: ``ValueProblem/documentNumberMeant(_:_:)`` where only spaces, long dashes or the
  ///   word `số` are too much, ``ValueProblem/notADocumentNumber(_:)`` for anything else.
  public init(_ text: Text) throws(Diagnostic) {
    let text = text.trimmed
    guard text.count <= Self.longest, let number = DocumentNumber(exactly: text) else {
      throw Diagnostic(.value(Self.mistake(text)), at: text)
    }
    self = number
  }

  /// The limit in bytes beyond which a text is refused unread; real signs are far shorter.
  private static let longest = 100

  private init?(exactly text: Text) {
    let bytes = text.bytes
    let end = bytes.firstIndex { !$0.isDigit } ?? bytes.endIndex
    var afterNumber = end
    // A letter after the number marks a document that was registered late: 12a.
    if end < bytes.endIndex, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[end]) {
      afterNumber += 1
    }
    guard end > bytes.startIndex, end - bytes.startIndex <= 6 else { return nil }
    number = text.part(bytes.startIndex..<afterNumber)
    guard afterNumber < bytes.endIndex else { return }
    let sign = text.part((afterNumber + 1)..<bytes.endIndex)
    switch bytes[afterNumber] {
    case UInt8(ascii: "/"): guard readSign(sign) else { return nil }
    case UInt8(ascii: "-"): guard readPartySign(sign) else { return nil }
    default: return nil
    }
  }

  /// Reads a sign of the state: `2007/PL-UBTVQH11`, `KH-UBND`, `UBND-VX`.
  private mutating func readSign(_ sign: Text) -> Bool {
    var sign = sign
    let head = sign.bytes.prefix { $0.isDigit }
    if head.count == 4, let year = head.number {
      self.year = year
      guard head.endIndex < sign.bytes.endIndex else { return true }
      guard sign.bytes[head.endIndex] == UInt8(ascii: "/") else { return false }
      sign = sign.part((head.endIndex + 1)..<sign.bytes.endIndex)
    }
    guard let codes = sign.codes, let first = codes.first else { return false }
    let rest = codes.count > 1 ? sign.part(codes[1].bytes.startIndex..<sign.bytes.endIndex) : nil
    if stateKinds.contains(first.string) {
      (kind, issuer) = (first, rest)
    } else {
      (issuer, unit) = (first, rest)
    }
    return true
  }

  /// Reads a sign of the Party: `KL/TW`.
  private mutating func readPartySign(_ sign: Text) -> Bool {
    guard let slash = sign.bytes.firstIndex(of: UInt8(ascii: "/")) else { return false }
    let kind = sign.part(sign.bytes.startIndex..<slash)
    let issuer = sign.part((slash + 1)..<sign.bytes.endIndex)
    guard kind.codes?.count == 1, issuer.codes != nil else { return false }
    (self.kind, self.issuer, isOfParty) = (kind, issuer, true)
    return true
  }

  /// The problem of a wrong text, with the right one if it only has stray spaces, long dashes or
  /// the word «số».
  private static func mistake(_ text: Text) -> ValueProblem {
    guard text.count <= longest else { return .notADocumentNumber(text.string) }
    var meant = text.string
    for prefix in ["Số:", "số:", "Số ", "số "] where meant.hasPrefix(prefix) {
      meant.removeFirst(prefix.count)
      break
    }
    let dashes: [Unicode.Scalar] = ["\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}"]
    var scalars = String.UnicodeScalarView()
    for scalar in meant.unicodeScalars where scalar.properties.generalCategory != .spaceSeparator {
      if scalar == "\n" || scalar == "\t" { continue }
      scalars.append(dashes.contains(scalar) ? "-" : scalar)
    }
    let clean = Text(String(scalars))
    return DocumentNumber(exactly: clean) == nil
      ? .notADocumentNumber(text.string) : .documentNumberMeant(text.string, clean.string)
  }
}

/// The signs of document kinds, by which `KH-UBND` differs from a letter's `UBND-VX`: those of NĐ
/// 30/2020 (Phụ lục III, mục I), then those of laws and decrees, which such documents cite.
private let stateKinds: Set<String> = [
  "NQ", "QĐ", "CT", "QC", "QyĐ", "TC", "TB", "HD", "CTr", "KH", "PA", "ĐA", "DA", "BC", "BB", "TTr",
  "HĐ", "CĐ", "BGN", "BTT", "GUQ", "GM", "GGT", "GNP", "PG", "PC", "PB", "SY", "TrS", "SL",
  "L", "PL", "NĐ", "TT", "TTLT", "NQLT", "VBHN",
]

extension Text {
  /// The codes between hyphens, such as `BNV` and `CTTN&BĐG`; nil where one of them is no code.
  fileprivate var codes: [Text]? {
    let parts = bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let isRight = parts.allSatisfy { part in
      let text = String(decoding: part, as: UTF8.self).unicodeScalars
      return text.first?.properties.isUppercase == true && text.allSatisfy(\.isOfCode)
    }
    return isRight ? parts.map { self.part($0.startIndex..<$0.endIndex) } : nil
  }
}

extension Unicode.Scalar {
  fileprivate var isOfCode: Bool {
    properties.isAlphabetic || ("0"..."9").contains(self) || self == "&"
  }
}
