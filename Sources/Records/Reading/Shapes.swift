import Texts

extension Reader {
  /// Gives records with the same names in the same order the same shape number.
  ///
  /// Two shapes whose hashes collide get a fresh number each time they alternate, so that crafted
  /// names cost nothing: sharing a number is a promise, having one of one's own is none.
  mutating func numberShapes(_ bytes: RawSpan) {
    var latest = [Int](repeating: -1, count: 256)
    var count: Int32 = 0
    for index in records.indices {
      if index > 0, sameNames(records[index], records[index - 1], bytes) {
        records[index].shape = records[index - 1].shape
        continue
      }
      let place = Int(nameHash(of: records[index], bytes) & 255)
      let other = latest[place]
      latest[place] = index
      if other >= 0, sameNames(records[index], records[other], bytes) {
        records[index].shape = records[other].shape
      } else {
        records[index].shape = count
        count += 1
      }
    }
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

  private func nameHash(of record: RecordSlot, _ bytes: RawSpan) -> UInt64 {
    var hash = WordHash()
    for index in Int(record.start)..<Int(record.end) {
      let name = fields[index].name
      hash.add(bytes, from: Int(name.start), count: name.count)
    }
    return hash.value
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

  private mutating func mix(_ word: UInt64) {
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
