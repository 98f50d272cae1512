import Diagnostics
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

  func mayBegin(_ text: Text) -> Bool {
    text.withBytes { bytes in !bytes.isEmpty && first.contains(bytes[0]) }
  }

  func mayEnd(_ text: Text) -> Bool {
    text.withBytes { bytes in !bytes.isEmpty && last.contains(bytes[bytes.count - 1]) }
  }
}

extension QuickDeclaration {
  /// Whether no text begins or ends with what its template adds, or has words that go with others.
  func isWordingRight(_ memory: CheckMemory) -> Bool {
    let fields = relation == .belonging ? operands.dropLast() : operands[...]
    return memory.allRecords(of: type) { record, form in
      for operand in fields {
        for offset in form.columns[operand.column] {
          let value = record.value(at: offset)
          let isRight =
            switch relation {
            case .noBeginning:
              !phraseBytes.mayBegin(value) || phrases[0].length(atStartOf: value.bytes) == nil
            case .noEnding: !phraseBytes.mayEnd(value)
            default: isBelonging(value, record, form)
            }
          if !isRight { return false }
        }
      }
      return true
    }
  }

  private func isBelonging(_ value: Text, _ record: Record, _ form: KnownForm) -> Bool {
    if let other = operands.last, let offset = form.columns[other.column].first {
      let found = record.value(at: offset)
      if phrases.dropFirst().contains(where: { $0.text == found }) { return true }
    }
    return !phrases[0].mayBe(in: value) || phrases[0].place(in: value) == nil
  }

  /// Whether the next period ends after the reported one, and the one that figures are compared
  /// with is earlier and as long.
  func arePeriodsRight(_ memory: CheckMemory) -> Bool {
    memory.allRecords(of: type) { record, form in
      guard !form.columns[operands[0].column].isEmpty else { return true }
      guard let own = form.columns[operands[1].column].first,
        let period = record.value(at: own).withBytes({ Period(plain: $0) })
      else { return false }
      return form.columns[operands[0].column].allSatisfy { offset in
        let value = record.value(at: offset)
        if relation == .afterPeriod {
          return value.withBytes { Period(plain: $0) }?.endsAfter(period) ?? false
        }
        return ComparedPeriod(value, of: period).period?.isComparable(with: period) ?? false
      }
    }
  }
}
