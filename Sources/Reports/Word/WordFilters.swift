import Diagnostics
import Texts
import Templating

// The filters that lay out a file of Word.

extension Filter {
  static let word: [Filter] = [
    // The lines of a text, as its author broke them.
    Filter("cac_dong", Signature([])) { (value, _) throws(Diagnostic) in
      let lines = value.printed.string.split(separator: "\n", omittingEmptySubsequences: true)
      return .list(lines.map { Value(String($0)) })
    },
    // The width of the longest line in letters of that size, in twentieths of a point.
    Filter("rong_chu", Signature(["co", "dam"], required: 1)) {
      (value, arguments) throws(Diagnostic) in
      let size = arguments[0].flatMap { $0.asInt ?? $0.asText.flatMap { Int($0.string) } }
      guard let size, (1...200).contains(size) else {
        let shown = arguments[0]?.printed.string ?? ""
        throw Diagnostic(.template(.badArgument(shown, of: "rong_chu")), at: nil)
      }
      let isBold = arguments[1]?.isTrue ?? false
      let widths = value.printed.string.split(separator: "\n").map {
        LetterWidths.width($0, isBold: isBold)
      }
      return .int((widths.max() ?? 0) * size / 50)
    },
  ]
}
