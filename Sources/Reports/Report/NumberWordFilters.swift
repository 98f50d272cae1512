import Diagnostics
import Texts
import Templating
import Vietnamese

extension Filter {
  /// Numbers in words; the manual of the template language describes each.
  static let numberWords: [Filter] = [
    Filter(
      "bang_chu",
      Signature(["don_vi", "linh", "nghin", "tu", "ty", "nhom_khong", "tung_so", "chan"])
    ) { (value, arguments) throws(Diagnostic) in
      let unit = try text(arguments[0], of: "bang_chu")
      var bytes = ByteBuffer()
      try append(value, try words(arguments), "bang_chu", to: &bytes)
      if !unit.isEmpty {
        bytes.append(UInt8(ascii: " "))
        bytes += unit.utf8
      }
      if arguments[7]?.isTrue ?? false { bytes += " chẵn".utf8 }
      return computed(bytes, from: value)
    },
    Filter(
      "tien_chu", Signature(["chan", "linh", "nghin", "tu", "ty", "nhom_khong"])
    ) { (value, arguments) throws(Diagnostic) in
      var reordered = CallArguments()
      reordered.bound = [nil] + [1, 2, 3, 4, 5].map { arguments[$0] }
      var bytes = ByteBuffer()
      try appendMoney(value, try words(reordered), to: &bytes)
      if arguments[0]?.isTrue ?? false { bytes += " chẵn".utf8 }
      var capitalized = ByteBuffer()
      appendCapitalized(bytes.span, to: &capitalized)
      return computed(capitalized, from: value)
    },
    Filter(
      "thu_tu",
      appending: { (value, bytes) throws(Diagnostic) in
        let number = try whole(value, "thu_tu")
        try NumberWords().append(ordinal: number, at: value.asText, to: &bytes)
      }),
  ]

  private static func computed(_ bytes: borrowing ByteBuffer, from value: Value) -> Value {
    .text(Text(computed: bytes.bytes, from: value.asText))
  }

  private static func text(_ value: Value?, of filter: String) throws(Diagnostic) -> String {
    guard let value else { return "" }
    guard let text = value.asText else {
      throw Diagnostic(.template(.badArgument(value.printed.string, of: filter)), at: nil)
    }
    return text.string
  }

  /// The ways to say numbers that the arguments ask for; a word that is none of the choices is refused.
  private static func words(_ arguments: CallArguments) throws(Diagnostic) -> NumberWords {
    func choice(_ index: Int, _ choices: [String]) throws(Diagnostic) -> String {
      guard arguments[index] != nil else { return choices[0] }
      let wanted = try text(arguments[index], of: "bang_chu")
      guard choices.contains(wanted) else {
        throw Diagnostic(.template(.badArgument(wanted, of: "bang_chu")), at: nil)
      }
      return wanted
    }
    var words = NumberWords()
    words.zeroTens = try choice(1, NumberWords.choices.zeroTens)
    words.thousand = try choice(2, NumberWords.choices.thousand)
    words.four = try choice(3, NumberWords.choices.four)
    words.billion = try choice(4, NumberWords.choices.billion)
    words.saysZeroGroups = arguments[5]?.isTrue ?? true
    words.spellsFraction = arguments[6]?.isTrue ?? false
    return words
  }

  /// Appends a number, or a figure as people write it: with a hedge, a unit or `%`, a range, a
  /// fraction.
  private static func append(
    _ value: Value, _ words: NumberWords, _ filter: String, to bytes: inout ByteBuffer
  ) throws(Diagnostic) {
    guard let text = value.asText else {
      _ = words.append(decimal: try canonical(value, filter).bytes, to: &bytes)
      return
    }
    if let range = FigureRange(text) {
      if text.trimmed.bytes.starts(with: "từ ".utf8) { bytes += "từ ".utf8 }
      _ = words.append(decimal: try decimal(of: range.low)[...], to: &bytes)
      bytes += " đến ".utf8
      _ = words.append(decimal: try decimal(of: range.high)[...], to: &bytes)
      if let unit = range.unit { append(unit: unit, words, to: &bytes) }
      return
    }
    if words.append(fraction: text.trimmed.bytes, to: &bytes) { return }
    let figure = try HedgedNumber(text)
    append(figure.hedge, to: &bytes)
    _ = words.append(decimal: figure.decimal[...], to: &bytes)
    if figure.isPercent { append(unit: Text("%"), words, to: &bytes) }
    if !figure.unit.isEmpty { append(unit: figure.unit, words, to: &bytes) }
  }

  private static func append(unit: Text, _ words: NumberWords, to bytes: inout ByteBuffer) {
    bytes += " ".utf8
    let isPercent = unit.bytes.first == UInt8(ascii: "%")
    bytes += isPercent ? Array("phần trăm".utf8) + unit.bytes.dropFirst() : Array(unit.bytes)
  }

  /// Appends an amount in đồng: `Mười ba tỷ năm trăm triệu đồng` for `13,5 tỷ đồng`.
  private static func appendMoney(
    _ value: Value, _ words: NumberWords, to bytes: inout ByteBuffer
  ) throws(Diagnostic) {
    if let text = value.asText, let money = try? Money(text) {
      append(money.figure.hedge, to: &bytes)
      _ = words.append(decimal: money.dong[...], to: &bytes)
    } else {
      _ = words.append(decimal: try canonical(value, "tien_chu").bytes, to: &bytes)
    }
    bytes += " đồng".utf8
  }
}
