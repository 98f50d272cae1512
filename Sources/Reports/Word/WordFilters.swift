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
      let size = try arguments.size(0, "rong_chu")
      let isBold = arguments[1]?.isTrue ?? false
      let widths = value.printed.string.split(separator: "\n").map {
        LetterWidths.width($0, isBold: isBold)
      }
      return .int((widths.max() ?? 0) * size / 50)
    },
    // The least width in which the text has no more lines than in the width given.
    Filter("rong_can", Signature(["rong", "co", "dam"], required: 2)) {
      (value, arguments) throws(Diagnostic) in
      let size = try arguments.size(1, "rong_can")
      guard let room = arguments[0]?.asInt, room > 0 else {
        let shown = arguments[0]?.printed.string ?? ""
        throw Diagnostic(.template(.badArgument(shown, of: "rong_can")), at: nil)
      }
      let isBold = arguments[2]?.isTrue ?? false
      let words = value.printed.string.split(separator: " ").map {
        LetterWidths.width($0, isBold: isBold) * size / 50
      }
      return .int(balancedWidth(words, space: size * 5, room: room))
    },
  ]
}

/// The least width in which the words have no more lines than in the room: where they have several,
/// a little more, as fonts differ.
private func balancedWidth(_ words: [Int], space: Int, room: Int) -> Int {
  func lines(_ width: Int) -> Int {
    var (count, end) = (1, -space)
    for word in words {
      if end > -space, end + space + word > width { (count, end) = (count + 1, -space) }
      end += space + word
    }
    return count
  }
  var (low, high) = (0, room)
  let wanted = lines(room)
  while low + 1 < high {
    let middle = (low + high) / 2
    if lines(middle) > wanted { low = middle } else { high = middle }
  }
  return wanted == 1 ? high : min(room, max(high, words.max() ?? 0) + 2 * space)
}

extension CallArguments {
  /// A size of letters, as a number or as a profile writes it.
  fileprivate func size(_ index: Int, _ name: String) throws(Diagnostic) -> Int {
    let size = self[index].flatMap { $0.asInt ?? $0.asText.flatMap { Int($0.string) } }
    guard let size, (1...200).contains(size) else {
      let shown = self[index]?.printed.string ?? ""
      throw Diagnostic(.template(.badArgument(shown, of: name)), at: nil)
    }
    return size
  }
}
