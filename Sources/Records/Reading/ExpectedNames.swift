import Texts

/// The names of the fields of the record before, which the record that is being read mostly has
/// too.
struct ExpectedNames {
  private(set) var names: [SourceRange] = []
  /// The place of the name that is expected next.
  var next = 0
  /// The number of fields of the record so far that had the name expected there.
  var met = 0

  /// Tells whether a record of so many fields had all of the names in their order, and no others.
  func areThose(ofRecordWith count: Int) -> Bool { met == count && count == names.count }

  /// Expects the names of a record of the next one.
  mutating func expect(_ names: [SourceRange]) {
    self.names = names
    (next, met) = (0, 0)
  }

  /// Expects the same names again.
  mutating func expectAgain() { (next, met) = (0, 0) }
}

extension Reader {
  /// Reads lines as long as they begin with the names that are expected; returns where the next
  /// line starts.
  mutating func readExpectedFields(at start: Int, _ bytes: RawSpan) -> Int {
    let all = expected.names
    var (offset, first) = (start, expected.next)
    guard first < all.count, offset < bytes.byteCount else { return offset }
    let before = fields.count
    fields.append(addingCapacity: all.count &- first) { output in
      let names = all.span
      // Copies stay in registers.
      var (here, next) = (offset, first)
      defer { (offset, first) = (here, next) }
      while next < names.count {
        let name = names[next]
        guard bytes.hasName(name, at: here) else {
          // One that may be left out.
          guard next &+ 1 < names.count, bytes.hasName(names[next &+ 1], at: here) else { break }
          next &+= 1
          continue
        }
        let colon = here &+ name.count
        let value = bytes.isBlank(at: colon &+ 1) ? colon &+ 2 : colon &+ 1
        let end = bytes.nearLineFeed(from: value)
        if bytes.goesOn(from: value, to: end) { break }
        output.append(
          FieldSlot(
            name: SourceRange(start: here, end: colon),
            value: SourceRange(start: value, end: end), folded: -1))
        (next, here) = (next &+ 1, end &+ 1)
      }
    }
    if offset > start { previous = .field }
    expected.next = first
    expected.met &+= fields.count &- before
    return offset
  }
}
