import Texts

/// The shape numbers given out so far: records with the same number have the same field names in
/// the same order.
///
/// The reverse need not hold. Two shapes whose hashes collide get a fresh number each time they
/// alternate, so that names crafted to collide cost no search.
struct ShapeNumbers {
  /// The last record of each hash, or -1.
  fileprivate var latest = [Int](repeating: -1, count: 256)
  fileprivate var count: Int32 = 0
}

extension Reader {
  /// The shape number of the record that has just been read, the same for records with the same
  /// names in the same order.
  mutating func shape(_ bytes: RawSpan) -> Int32 {
    let record = RecordSlot(start: Int32(recordStart), end: Int32(fields.count), shape: 0)
    if let before = records.last {
      let areMet = expected.areThose(ofRecordWith: fields.count - recordStart)
      if areMet || sameNames(record, before, bytes) { return before.shape }
    }
    let place = Int(nameHash(of: record, bytes) & 255)
    let other = shapes.latest[place]
    shapes.latest[place] = records.count
    if other >= 0, sameNames(record, records[other], bytes) { return records[other].shape }
    defer { shapes.count += 1 }
    return shapes.count
  }

  private func sameNames(_ left: RecordSlot, _ right: RecordSlot, _ bytes: RawSpan) -> Bool {
    guard left.end - left.start == right.end - right.start else { return false }
    for offset in 0..<Int(left.end - left.start) {
      let name = fields[Int(left.start) + offset].name
      let other = fields[Int(right.start) + offset].name
      guard name.count == other.count,
        bytes.equal(Int(name.start), Int(other.start), count: name.count)
      else { return false }
    }
    return true
  }

  /// Of the first and the last letter of each name.
  private func nameHash(of record: RecordSlot, _ bytes: RawSpan) -> UInt64 {
    var hash = WordHash()
    for index in Int(record.start)..<Int(record.end) {
      let name = fields[index].name
      let (first, last) = (bytes.byte(at: Int(name.start)), bytes.byte(at: Int(name.end) &- 1))
      hash.mix(UInt64(name.count) << 16 | UInt64(first) << 8 | UInt64(last))
    }
    return hash.value ^ hash.value >> 16
  }
}

/// A quick hash over bytes, eight at a time; the same in every run.
struct WordHash {
  private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

  mutating func add(_ bytes: RawSpan, from start: Int, count: Int) {
    var done = 0
    while done &+ 8 <= count {
      mix(bytes.word(at: start &+ done))
      done &+= 8
    }
    var rest = UInt64(truncatingIfNeeded: count) << 56
    while done < count {
      rest = rest << 8 ^ UInt64(bytes.byte(at: start &+ done))
      done &+= 1
    }
    mix(rest)
  }

  mutating func mix(_ word: UInt64) {
    value = (value ^ word) &* 0xFF51_AFD7_ED55_8CCD
    value ^= value >> 32
  }
}

extension Text {
  /// See ``WordHash``.
  var wordHash: UInt64 {
    var hash = WordHash()
    let text = source.bytes
    let span = text.span
    hash.add(span.bytes, from: Int(range.start), count: count)
    return hash.value
  }
}
