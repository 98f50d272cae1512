import Diagnostics
import Texts
import Templating

// The filters that lay out a text file: all letters are equally wide there.

extension Filter {
  static let columns: [Filter] = [
    Filter("can_giua", Signature(["rong"], required: 1)) { (value, arguments) throws(Diagnostic) in
      let width = try arguments.columns(0, "can_giua")
      return try laidOut(value, width: width) { $0.append(centered: $1, width: width) }
    },
    Filter("gap_dong", Signature(["rong", "dau", "sau"], required: 1)) {
      (value, arguments) throws(Diagnostic) in
      let width = try arguments.columns(0, "gap_dong")
      let first = try arguments.columns(1, "gap_dong", default: 0)
      let hanging = try arguments.columns(2, "gap_dong", default: 0)
      return try laidOut(value, width: width + max(first, hanging)) {
        $0.append(paragraphs: $1, width: width, first: first, hanging: hanging)
      }
    },
    Filter("duong_ke", Signature(["rong", "phan_tram"], required: 1)) {
      (value, arguments) throws(Diagnostic) in
      let width = try arguments.columns(0, "duong_ke")
      let percent = try arguments.columns(1, "duong_ke", default: 100)
      return try laidOut(value, width: width) {
        $0.append(ruleUnder: $1, width: width, percent: min(percent, 100))
      }
    },
    Filter(
      "hai_cot", Signature(["phai", "rong_trai", "rong_phai", "cach", "can"], required: 3),
      body: twoColumns),
  ]

  private static func twoColumns(
    _ value: Value, _ arguments: CallArguments
  ) throws(Diagnostic) -> Value {
    let name = "hai_cot"
    let alignments = try arguments.alignments(4, name)
    let columns = TwoColumns(
      left: TwoColumns.Column(
        width: try arguments.columns(1, name), alignment: alignments.left),
      right: TwoColumns.Column(
        width: try arguments.columns(2, name), alignment: alignments.right),
      gap: try arguments.columns(3, name, default: 2))
    let other = arguments[0]?.printed ?? Text("")
    return try laidOut(value, width: columns.width, besides: other.count) { output, text in
      other.withBytes { columns.append(text, $0, to: &output) }
    }
  }

  /// What a layout makes of a text.
  private static func laidOut(
    _ value: Value, width: Int, besides size: Int = 0,
    _ append: (inout ByteBuffer, Span<UInt8>) -> Void
  ) throws(Diagnostic) -> Value {
    let text = value.printed
    // Each byte may begin a line of blanks.
    guard (text.count + size) * (width + 1) <= longestLayout else {
      throw Diagnostic(.template(.outputTooLarge(longestLayout)), at: text)
    }
    var output = ByteBuffer()
    text.withBytes { append(&output, $0) }
    return Value(computed: output.bytes)
  }

  private static let longestLayout = 64 << 20
}

extension CallArguments {
  /// A number of columns: whole, or as a profile writes it.
  fileprivate func columns(
    _ index: Int, _ name: String, default fallback: Int? = nil
  ) throws(Diagnostic) -> Int {
    guard let value = self[index] else { return fallback ?? 0 }
    let number = value.asInt ?? value.asText.flatMap { Int($0.string) }
    guard let number, (0...widestPage).contains(number) else {
      throw Diagnostic(.template(.badArgument(value.printed.string, of: name)), at: value.asText)
    }
    return number
  }

  /// Where the texts of two columns stand: `giua trai`, `giua` for both.
  fileprivate func alignments(
    _ index: Int, _ name: String
  ) throws(Diagnostic) -> (left: TextAlignment, right: TextAlignment) {
    guard let value = self[index] else { return (.center, .center) }
    let found = value.printed.string.split(separator: " ").map { TextAlignment(String($0)) }
    guard let left = found.first ?? nil, let right = found.last ?? nil, found.count <= 2 else {
      throw Diagnostic(.template(.badArgument(value.printed.string, of: name)), at: value.asText)
    }
    return (left, right)
  }
}

private let widestPage = 1000

extension TextAlignment {
  fileprivate init?(_ name: String) {
    switch name {
    case "trai": self = .left
    case "giua": self = .center
    case "phai": self = .right
    default: return nil
    }
  }
}
