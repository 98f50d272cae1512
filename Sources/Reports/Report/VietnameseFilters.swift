import Diagnostics
import Texts
import Markdown
import Templating
import Vietnamese

extension Filter {
  /// The filters of Vietnamese documents; the manual of the template language describes each.
  static let vietnamese: [Filter] = [
    date("ngay", .ngay), date("ngay_chu", .ngayChu), date("ngay_dang", .ngayDang),
    Filter(
      "so",
      plain: PlainWriter(
        groupingBy: groupSign, text: { appendGrouped($0, to: &$1) }, isFigure: true),
      appending: appendGroupedFigure),
    Filter(
      "phan_tram",
      appending: { (value, bytes) throws(Diagnostic) in
        try appendPercent(value.printed, to: &bytes)
      }),
    Filter(
      "tien",
      appending: { (value, bytes) throws(Diagnostic) in
        if let money = value.asText.flatMap({ try? Money($0) }) {
          if let hedge = money.figure.hedge { bytes += "\(hedge.rawValue) ".utf8 }
          return try appendMoney(Text(computed: money.dong), to: &bytes)
        }
        try appendMoney(try canonical(value, "tien"), to: &bytes)
      }),
    Filter(
      "la_ma",
      appending: { (value, bytes) throws(Diagnostic) in
        try appendRoman(try whole(value, "la_ma"), at: value.asText, to: &bytes)
      }),
    Filter(
      "chu_cai",
      appending: { (value, bytes) throws(Diagnostic) in
        try appendPointLetter(try whole(value, "chu_cai"), at: value.asText, to: &bytes)
      }),
    Filter(
      "hai_chu_so",
      appending: { (value, bytes) throws(Diagnostic) in
        let number = try whole(value, "hai_chu_so")
        bytes += ((0..<10).contains(number) ? "0\(number)" : String(number)).utf8
      }),
    Filter("danh_sach") { (value, _) throws(Diagnostic) in
      if case .items = value { value } else { .list([value]) }
    },
    Filter("markdown") { (value, _) throws(Diagnostic) in
      let text = value.printed
      return .markup(Text(computed: closedMarkdown(text.bytes), from: text))
    },
    letters("upper", appendUppercased, plain: PlainWriter { appendUppercased(plain: $0, to: &$1) }),
    letters("lower", appendLowercased, plain: PlainWriter { appendLowercased(plain: $0, to: &$1) }),
    letters("viet_hoa_dau", appendCapitalized), letters("viet_thuong_dau", appendUncapitalized),
  ]

  private static let appendUncapitalized: @Sendable (ArraySlice<UInt8>, inout ByteBuffer) -> Void =
    { text, bytes in
      let rest = text.dropFirst().firstIndex { $0 & 0xC0 != 0x80 } ?? text.endIndex
      appendLowercased(text[..<rest], to: &bytes)
      bytes += text[rest...]
    }

  private static func date(_ name: String, _ format: DateFormat) -> Filter {
    Filter(
      name,
      plain: PlainWriter(
        text: { text, bytes in
          guard let date = CalendarDate(plain: text) else { return false }
          date.append(as: format, to: &bytes)
          return true
        }, isFigure: true, dayForm: format.writtenForm),
      appending: { (value, bytes) throws(Diagnostic) in
        guard let text = value.asText else {
          throw Diagnostic(.template(.wrongOperand(name, value.kind, wanted: .text)), at: nil)
        }
        try appendDate(text, as: format, to: &bytes)
      })
  }

  private static func letters(
    _ name: String, _ append: @escaping @Sendable (ArraySlice<UInt8>, inout ByteBuffer) -> Void,
    plain: PlainWriter? = nil
  ) -> Filter {
    Filter(
      name, plain: plain,
      appending: { (value, bytes) throws(Diagnostic) in
        append(value.printed.bytes, &bytes)
      })
  }

  /// `1.234.567,5`; a figure written with a hedge keeps it: `trên 9.000`.
  private static let appendGroupedFigure:
    @Sendable (Value, inout ByteBuffer) throws(Diagnostic) -> Void = {
      (value, bytes) throws(Diagnostic) in
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
    }

  private static func appendFigure(
    _ text: Text, to bytes: inout ByteBuffer
  ) throws(Diagnostic) {
    if text.withBytes({ appendGrouped($0, to: &bytes) }) { return }
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
