import Diagnostics
import Records
import Texts
import Vietnamese

/// Checks that two texts that name a place of one kind, a ward as a rule, name the same one.
struct SamePlaceChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) { self.declaration = declaration }

  func problems(_ data: borrowing CheckedData) -> [Diagnostic] {
    let (operand, other) = (declaration.operands[0], declaration.operands[1])
    // «Chủ tịch UBND quận Nguyễn Văn A»: behind the kind of place stands a person.
    let people = declaration.operands.dropFirst(2).flatMap { people in
      data.records.records(ofType: people.type).flatMap { $0.texts(of: people.column) }
    }
    var problems: [Diagnostic] = []
    for record in data.records.records(ofType: declaration.type) where declaration.isAbout(record) {
      let own: TypedRecord? =
        if case .record = other.origin { record } else { data.records.first(ofType: other.type) }
      guard let known = own?.text(of: other.column) else { continue }
      for kind in data.registers.places.kinds where known.withBytes({ kind.mayBe(in: $0) }) {
        guard let name = known.placeNames(kind).first else { continue }
        for text in record.texts(of: operand.column) {
          guard
            let found = text.placeNames(kind).first(where: { found in
              let rest = text.part(found.nameStart..<text.range.bounds.upperBound).bytes
              return !found.mayBe(name) && !people.contains { rest.starts(with: $0.bytes) }
            })
          else { continue }
          let place = text.part(found.start..<found.end)
          let problem = CheckProblem.otherPlace(
            place.string, known: known.part(name.start..<name.end).string)
          problems.append(declaration.broken(problem, at: place, comparedWith: [known]))
        }
      }
    }
    return problems
  }
}

/// The name of a place with its kind in a text, `phường Hòa An`.
private struct PlaceName {
  let start: Int
  let nameStart: Int
  let end: Int
  /// The words of the name, in small letters with their tones in one style.
  let words: [[UInt8]]

  /// Tells whether it may be the other one, in fewer words or in more: in a line of capitals nobody
  /// knows where it ends.
  func mayBe(_ other: PlaceName) -> Bool {
    zip(words, other.words).allSatisfy { $0 == $1 }
  }
}

extension Text {
  /// The places of a kind that the text names.
  fileprivate func placeNames(_ kind: Phrase) -> [PlaceName] {
    var names: [PlaceName] = []
    var rest = self
    while let place = kind.place(in: rest) {
      let end = place.range.bounds.upperBound
      rest = part(end..<range.bounds.upperBound)
      var words: [[UInt8]] = []
      var last = end
      for word in part(end..<min(end + 120, range.bounds.upperBound)).words {
        guard word.bytes.beginsWithCapital, word.range.bounds.lowerBound - last <= 1 else { break }
        let letters = word.bytes.prefix { !",.;:()\"".utf8.contains($0) }
        var placed = ByteBuffer()
        appendToneMarks(of: lowercased(letters)[...], in: .old, to: &placed)
        words.append(placed.bytes)
        last = word.range.bounds.lowerBound + letters.count
        if letters.count < word.count { break }
      }
      // «Phòng Văn hóa - Xã hội» names no commune, «QUẬN ỦY ĐỐNG ĐA» no district of that name.
      guard let first = words.first,
        !["hội", "ủy"].contains(where: { first.elementsEqual($0.utf8) })
      else { continue }
      names.append(
        PlaceName(
          start: place.range.bounds.lowerBound, nameStart: min(end + 1, last), end: last,
          words: words))
    }
    return names
  }
}
