import Diagnostics
import Records
import Texts
import Vietnamese

/// Checks names of people: one to a field, with their capitals. What may stand before a name, such
/// as a rank, is written in its own way.
struct PersonNameChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) { self.declaration = declaration }

  func problems(_ data: borrowing CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    declaration.forEachValue(in: data) { value, _ in
      let written = value.string
      if written.count > 1, written.allSatisfy(\.isLetter) {
        let problem = DocumentFormProblem.notOneName(written)
        return problems.append(declaration.broken(.form(problem), at: value))
      }
      if capitalized(written) == written, !written.unicodeScalars.contains(where: isForeign) {
        return
      }
      let (title, name) = titleAndName(value, data.registers.signatures.titles)
      if name.unicodeScalars.contains(where: isForeign) {
        let problem = DocumentFormProblem.notOneName(value.string)
        return problems.append(declaration.broken(.form(problem), at: value))
      }
      let right = capitalized(name)
      guard right != name else { return }
      let problem = DocumentFormProblem.notAName(value.string, meant: title + right)
      problems.append(declaration.broken(.form(problem), at: value))
    }
    return problems
  }

  /// Tells whether a character stands in no name.
  private func isForeign(_ scalar: Unicode.Scalar) -> Bool {
    "(),;/&+".unicodeScalars.contains(scalar) || ("0"..."9").contains(scalar)
  }

  private func titleAndName(_ value: Text, _ titles: [Phrase]) -> (String, name: String) {
    var rest = value.bytes
    while let length = titles.lazy.compactMap({ $0.length(atStartOf: rest) }).max() {
      let name = rest.dropFirst(length).drop { $0 == 0x20 || $0 == UInt8(ascii: ".") }
      // A name may begin like a title: «Bá», «Ông» stand before a space as well.
      guard name.contains(0x20) else { break }
      rest = name
    }
    let title = value.bytes[..<rest.startIndex]
    return (String(decoding: title, as: UTF8.self), String(decoding: rest, as: UTF8.self))
  }
}

/// Checks names of places: the proper name, without the kind of place in front but for those that
/// have it in their name.
struct PlaceChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) { self.declaration = declaration }

  func problems(_ data: borrowing CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    declaration.forEachValue(in: data) { value, _ in
      if let problem = problem(of: value, data.registers) {
        problems.append(declaration.broken(.form(problem), at: value))
      }
    }
    return problems
  }

  private func problem(of value: Text, _ registers: CheckRegisters) -> DocumentFormProblem? {
    let (places, written) = (registers.places, value.string)
    if places.wholeNames.contains(value) { return nil }
    if let full = places.fullNames[value] { return .wrongPlace(written, meant: full) }
    if registers.signatures.body(atStartOf: folded(value.bytes)) != nil {
      return .bodyAsPlace(written)
    }
    if let comma = value.bytes.firstIndex(of: UInt8(ascii: ",")) {
      let place = value.part(value.bytes.startIndex..<comma)
      return place.isBlank ? nil : .wrongPlace(written, meant: place.string)
    }
    if let length = places.kinds.lazy.compactMap({ $0.length(atStartOf: value.bytes) }).max() {
      let rest = value.bytes.dropFirst(length).drop { $0 == 0x20 }
      guard let first = rest.first, first &- UInt8(ascii: "0") >= 10 else { return nil }
      let meant = capitalized(Array(rest).string)
      return written.first?.isLowercase ?? false
        ? .kindOfPlace(written, meant: meant) : .perhapsKindOfPlace(written, meant: meant)
    }
    let right = capitalized(written)
    return right == written ? nil : .wrongPlace(written, meant: right)
  }
}

/// A name with each word in small letters but for its first one. Letters behind an apostrophe or a
/// hyphen stay as they are: `H’Hen Niê`, `K'Brếp`.
private func capitalized(_ name: String) -> String {
  let words = name.split(separator: " ", omittingEmptySubsequences: false).map { word in
    let bytes = Array(word.utf8)
    let isPlain = word.allSatisfy(\.isLetter)
    let small = isPlain ? lowercased(bytes[...]) : bytes
    var capitalized = ByteBuffer()
    appendCapitalized(small[...], to: &capitalized)
    return capitalized.string
  }
  return words.joined(separator: " ")
}
