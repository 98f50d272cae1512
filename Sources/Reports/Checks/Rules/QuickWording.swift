import Texts
import Records
import Vietnamese

/// Which words and signs a text would have to hold for a declaration to complain of it, told by
/// single bytes: of most texts none is there.
struct PhraseBytes {
  /// Bytes that phrases begin with, whatever the case.
  private var first = AnyByteSet()
  /// Bytes that phrases end with.
  private var last = AnyByteSet()

  init(_ phrases: [Phrase]) {
    for phrase in phrases {
      for byte in phrase.firstBytes { first.insert(byte) }
      if let byte = phrase.text.bytes.last { last.insert(byte) }
    }
  }

  func mayBegin(_ text: Span<UInt8>) -> Bool { !text.isEmpty && first.contains(text[0]) }

  func mayEnd(_ text: Span<UInt8>) -> Bool {
    !text.isEmpty && last.contains(text[text.count - 1])
  }
}

extension QuickDeclaration {
  /// Whether no text begins or ends with what its template adds, or has words that go with others.
  func isWordingRight(_ file: KnownFile) -> Bool {
    let fields = operands.count - (relation == .belonging ? 1 : 0)
    return file.allRecords(of: type) { record, form in
      for index in 0..<fields {
        let isRight = form.all(operands[index].column) { offset in
          let value = record[offset]
          return switch relation {
          case .noBeginning:
            !phraseBytes.mayBegin(value.span) || !phrases[0].mayBegin(value.span)
              || phrases[0].length(atStartOf: value.text.bytes) == nil
          case .noEnding: !phraseBytes.mayEnd(value.span)
          default: isBelonging(value, record, form)
          }
        }
        if !isRight { return false }
      }
      return true
    }
  }

  private func isBelonging(_ value: SourceBytes, _ record: RecordBytes, _ form: KnownForm) -> Bool {
    if !phrases[0].mayBe(in: value.span) { return true }
    if let other = operands.last, let offset = form.offset(of: other.column) {
      let found = record[offset]
      if phrases.dropFirst().contains(where: { SourceBytes($0.text).isSame(as: found) }) {
        return true
      }
    }
    return phrases[0].place(in: value.text) == nil
  }

  /// Whether the next period ends after the reported one, and the one that figures are compared
  /// with is earlier and as long.
  func arePeriodsRight(_ file: KnownFile) -> Bool {
    file.allRecords(of: type) { record, form in
      guard !form.isLacking(operands[0].column) else { return true }
      guard let own = form.offset(of: operands[1].column),
        let period = Period(plain: record[own].span)
      else { return false }
      return form.all(operands[0].column) { offset in
        let value = record[offset]
        if relation == .afterPeriod {
          return Period(plain: value.span)?.endsAfter(period) ?? false
        }
        let compared =
          ComparedPeriod(plain: value.span, of: period) ?? ComparedPeriod(value.text, of: period)
        return compared.period?.isComparable(with: period) ?? false
      }
    }
  }
}
