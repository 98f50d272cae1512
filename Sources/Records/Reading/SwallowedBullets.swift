import Diagnostics
import Texts

extension Database {
  /// Values whose `+ ` lines were most likely meant as the bullets of a list, as offices write
  /// them; rec only goes on with the value, and the bullets are lost:
  ///
  /// ```
  /// ket_qua: Đã làm được:
  /// + tuyên truyền 10 buổi;
  /// + kiểm tra 5 cuộc.
  /// ```
  public var swallowedBullets: [Diagnostic] {
    guard storage.folded.contains(where: \.looksLikeList) else { return [] }
    var problems: [Diagnostic] = []
    for record in recordSets.lazy.flatMap(\.records) {
      for field in record.fields where field.slot.folded >= 0 && field.value.looksLikeList {
        let place = field.value.place.firstContinuation
        problems.append(Diagnostic(.records(.swallowedBullets), at: place))
      }
    }
    return problems
  }
}

extension Text {
  /// A line that ends in a colon, then items that end in semicolons but for the last one.
  fileprivate var looksLikeList: Bool {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.count > 2, lines[0].lastVisible == UInt8(ascii: ":") else { return false }
    return lines.dropFirst().allSatisfy(\.startsWithWord)
      && lines.dropFirst().dropLast().allSatisfy { $0.lastVisible == UInt8(ascii: ";") }
  }

  /// The first line of it that starts with `+`.
  fileprivate var firstContinuation: Text {
    let mark = bytes.firstRange(of: "\n+".utf8)?.lowerBound ?? bytes.startIndex - 1
    let rest = bytes[(mark + 1)...]
    let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
    return Text(source: source, range: SourceRange(start: mark + 1, end: end))
  }
}

extension ArraySlice<UInt8> {
  fileprivate var lastVisible: UInt8? { last { !$0.isSpace } }

  /// A letter of any script, and no bullet, number or sign.
  fileprivate var startsWithWord: Bool {
    let head = String(decoding: prefix(4), as: UTF8.self)
    return head.unicodeScalars.first?.properties.isAlphabetic ?? false
  }
}
