import Diagnostics
import Texts
import Markdown
import Templating
import Vietnamese

extension Filter {
  /// The filters of Vietnamese documents; the manual of the template language describes each.
  static let vietnamese: [Filter] =
    [
      date("ngay", .ngay), date("ngay_chu", .ngayChu), date("ngay_dang", .ngayDang),
      Filter(
        "so",
        appending: appendGroupedFigure),
      Filter(
        "phan_tram",
        appending: { (value, bytes) throws(Diagnostic) in
          guard case .int(let number) = value else {
            return try appendPercent(value.printed, to: &bytes)
          }
          appendNumber(number, to: &bytes)
          bytes.append(UInt8(ascii: "%"))
        }),
      Filter(
        "tien",
        appending: { (value, bytes) throws(Diagnostic) in
          try appendAmount(value, to: &bytes)
        }),
      Filter(
        "la_ma",
        appending: { (value, bytes) throws(Diagnostic) in
          try appendRoman(try whole(value, "la_ma"), at: value.asText, to: &bytes)
        }),
      Filter("chu_cai", Signature(["cho"])) { (value, arguments) throws(Diagnostic) in
        var bytes = ByteBuffer()
        let place = arguments[0]?.asText ?? value.asText
        try appendPointLetter(try whole(value, "chu_cai"), at: place, to: &bytes)
        return Value(computed: bytes.bytes)
      },
      Filter(
        "hai_chu_so",
        appending: { (value, bytes) throws(Diagnostic) in
          let number = try whole(value, "hai_chu_so")
          if (0..<10).contains(number) { bytes.append(UInt8(ascii: "0")) }
          bytes.append(number: number)
        }),
      Filter("danh_sach") { (value, _) throws(Diagnostic) in
        if case .items = value { value } else { .list([value]) }
      },
      Filter("markdown", markup: prose),
      Filter(
        "viet_hoa_dau",
        editing: { (text, isStart, output) in
          if isStart { appendCapitalized(text, to: &output) } else { output.append(text) }
        }),
      Filter(
        "viet_thuong_dau",
        editing: { (text, isStart, output) in
          if isStart { appendUncapitalized(text, to: &output) } else { output.append(text) }
        }),
      Filter("viet_tat", editing: { (text, _, output) in appendAbbreviated(text, to: &output) }),
    ] + numberWords + [change, firstTime, byGivenName]

  /// Markdown that a person wrote, as markup of the template's output format.
  private static func prose(
    _ text: Text, in format: String?
  ) throws(Diagnostic) -> [UInt8] {
    let markdown = try closedMarkdown(text.bytes)
    guard format == Escape.html.fileExtension else { return markdown }
    var html: [UInt8] = []
    Document(parsing: markdown.span).appendHTML(to: &html)
    return html
  }

  private static func date(_ name: String, _ format: DateFormat) -> Filter {
    Filter(
      name,
      appending: { (value, bytes) throws(Diagnostic) in
        guard let text = value.asText else {
          throw Diagnostic(.template(.wrongOperand(name, value.kind, wanted: .text)), at: nil)
        }
        if let date = text.withBytes({ CalendarDate(commonForm: $0) }) {
          return date.append(as: format, to: &bytes)
        }
        if let open = OpenDate(text) { return open.append(as: format, to: &bytes) }
        try appendDate(text, as: format, to: &bytes)
      })
  }

  /// `1.234.567,5`; a figure written with a hedge keeps it: `trên 9.000`.
  private static let appendGroupedFigure:
    @Sendable (Value, inout ByteBuffer) throws(Diagnostic) -> Void = {
      (value, bytes) throws(Diagnostic) in
      switch value {
      case .int(let number): appendNumber(number, to: &bytes)
      case .decimal(let number):
        var digits = ByteBuffer()
        number.append(to: &digits)
        _ = appendNumber(decimal: digits.span, to: &bytes)
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
    if let range = FigureRange(text), range.unit == nil {
      try appendFigure(range.low, to: &bytes)
      bytes += " - ".utf8
      return try appendFigure(range.high, to: &bytes)
    }
    let figure = try HedgedNumber(text)
    append(figure.hedge, to: &bytes)
    _ = appendNumber(decimal: figure.decimal[...], to: &bytes)
    if figure.isPercent { bytes.append(UInt8(ascii: "%")) }
  }

  /// `1.400.000 đồng`; an amount written with its scale is written in full, and keeps its hedge.
  private static func appendAmount(
    _ value: Value, to bytes: inout ByteBuffer
  ) throws(Diagnostic) {
    guard let text = value.asText else {
      return try appendMoney(try canonical(value, "tien"), to: &bytes)
    }
    let isGrouped = text.withBytes { digits in
      // Zeros before a number are not written.
      !digits.isEmpty && digits[0] != UInt8(ascii: "0") && appendGrouped(digits, to: &bytes)
    }
    if isGrouped { return bytes.append(literal: " đồng") }
    guard let money = try? Money(text) else {
      return try appendMoney(try canonical(value, "tien"), to: &bytes)
    }
    append(money.figure.hedge, to: &bytes)
    try appendMoney(Text(computed: money.dong), to: &bytes)
  }

  static func append(_ hedge: HedgedNumber.Hedge?, to bytes: inout ByteBuffer) {
    guard let hedge else { return }
    bytes += hedge.rawValue.utf8
    bytes.append(UInt8(ascii: " "))
  }

  /// The value as canonical digits, whether it is a number or a figure as people write it.
  static func canonical(_ value: Value, _ filter: String) throws(Diagnostic) -> Text {
    if let number = value.asDecimal {
      var digits = ByteBuffer()
      number.append(to: &digits)
      return Text(computed: digits.bytes)
    }
    guard let text = value.asText else {
      throw Diagnostic(.template(.wrongOperand(filter, value.kind, wanted: .number)), at: nil)
    }
    return Text(computed: try canonicalFigure(text), from: text)
  }

  static func whole(_ value: Value, _ filter: String) throws(Diagnostic) -> Int {
    if let int = value.asInt { return int }
    let digits = try canonical(value, filter)
    guard let int = Int(digits.string) else {
      throw Diagnostic(.template(.badArgument(digits.string, of: filter)), at: value.asText)
    }
    return int
  }
}
