import Diagnostics
import Markdown
import Templating
import Vietnamese

extension Filter {
  /// The filters of Vietnamese documents; the manual of the template language describes each.
  static let vietnamese: [Filter] = [
    date("ngay", .ngay), date("ngay_chu", .ngayChu), date("ngay_dang", .ngayDang),
    Filter("so") { (value, _) throws(Diagnostic) in try grouped(value) },
    Filter("phan_tram") { (value, _) throws(Diagnostic) in
      try changed(value) { (text, bytes) throws(Diagnostic) in
        try appendPercent(text, to: &bytes)
      }
    },
    Filter("tien") { (value, _) throws(Diagnostic) in
      try changed(.text(try canonical(value, "tien"))) { (text, bytes) throws(Diagnostic) in
        try appendMoney(text, to: &bytes)
      }
    },
    Filter("la_ma") { (value, _) throws(Diagnostic) in
      var bytes: [UInt8] = []
      try appendRoman(try whole(value, "la_ma"), at: value.asText, to: &bytes)
      return Value(computed: bytes)
    },
    Filter("chu_cai") { (value, _) throws(Diagnostic) in
      var bytes: [UInt8] = []
      try appendPointLetter(try whole(value, "chu_cai"), at: value.asText, to: &bytes)
      return Value(computed: bytes)
    },
    Filter("hai_chu_so") { (value, _) throws(Diagnostic) in
      let number = try whole(value, "hai_chu_so")
      return Value((0..<10).contains(number) ? "0\(number)" : String(number))
    },
    Filter("danh_sach") { (value, _) throws(Diagnostic) in
      if case .list = value { value } else { .list([value]) }
    },
    Filter("markdown") { (value, _) throws(Diagnostic) in
      let text = value.printed
      return .markup(Text(computed: closedMarkdown(text.bytes), from: text))
    },
    letters("upper") { uppercased($0) },
    letters("lower") { lowercased($0) },
    letters("viet_hoa_dau") { text in
      var bytes: [UInt8] = []
      appendCapitalized(text, to: &bytes)
      return bytes
    },
    letters("viet_thuong_dau") { text in
      let first = text.dropFirst().firstIndex { $0 & 0xC0 != 0x80 } ?? text.endIndex
      return lowercased(text[..<first]) + text[first...]
    },
  ]

  private static func date(_ name: String, _ format: DateFormat) -> Filter {
    Filter(name) { (value, _) throws(Diagnostic) in
      guard value.asText != nil else {
        throw Diagnostic(.template(.wrongOperand(name, value.kind, wanted: .text)), at: nil)
      }
      return try changed(value) { (text, bytes) throws(Diagnostic) in
        try appendDate(text, as: format, to: &bytes)
      }
    }
  }

  private static func letters(
    _ name: String, _ change: @escaping @Sendable (ArraySlice<UInt8>) -> [UInt8]
  ) -> Filter {
    Filter(name) { (value, _) throws(Diagnostic) in
      value.changed(to: change(value.printed.bytes))
    }
  }

  private static func changed(
    _ value: Value, _ append: (Text, inout [UInt8]) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> Value {
    var bytes: [UInt8] = []
    try append(value.printed, &bytes)
    return value.changed(to: bytes)
  }

  /// `1.234.567,5`; a figure written with a hedge keeps it: `trên 9.000`.
  private static func grouped(_ value: Value) throws(Diagnostic) -> Value {
    var bytes: [UInt8] = []
    switch value {
    case .int(let number): appendNumber(number, to: &bytes)
    case .decimal(let number):
      _ = appendNumber(decimal: Array(number.canonical.utf8)[...], to: &bytes)
    default:
      guard let text = value.asText else {
        throw Diagnostic(.template(.wrongOperand("so", value.kind, wanted: .number)), at: nil)
      }
      try appendFigure(text, to: &bytes)
    }
    return value.changed(to: bytes)
  }

  private static func appendFigure(
    _ text: Text, to bytes: inout [UInt8]
  ) throws(Diagnostic) {
    if !text.isEmpty, text.bytes.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
      return appendGrouped(text.bytes, to: &bytes)
    }
    let figure = try HedgedNumber(text)
    if let hedge = figure.hedge { bytes += "\(hedge.rawValue) ".utf8 }
    _ = appendNumber(decimal: figure.decimal[...], to: &bytes)
    if figure.isPercent { bytes.append(UInt8(ascii: "%")) }
  }

  /// The value as canonical digits, whether it is a number or a figure as people write it.
  private static func canonical(_ value: Value, _ filter: String) throws(Diagnostic) -> Text {
    if let number = value.asDecimal { return Text(number.canonical) }
    guard let text = value.asText else {
      throw Diagnostic(.template(.wrongOperand(filter, value.kind, wanted: .number)), at: nil)
    }
    return Text(computed: try canonicalFigure(text), from: text)
  }

  private static func whole(_ value: Value, _ filter: String) throws(Diagnostic) -> Int {
    if let int = value.asInt { return int }
    let digits = try canonical(value, filter)
    guard let int = Int(digits.string) else {
      throw Diagnostic(.template(.badArgument(digits.string, of: filter)), at: value.asText)
    }
    return int
  }
}
