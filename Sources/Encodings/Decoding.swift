import Texts

/// Decoding bytes of one encoding: tables, one pass.
extension ByteBuffer {
  /// Appends the text of bytes in NFC.
  ///
  /// - Parameters:
  ///   - encoding: one of those with tables, or `viqr` or `utf8`.
  ///   - isLast: whether nothing follows; else a letter at the end may be left for what does.
  /// - Returns: the number of bytes that were decoded.
  mutating func append(
    _ bytes: Span<UInt8>, from encoding: TextEncoding, isLast: Bool
  ) throws(UndecodableByte) -> Int {
    switch encoding {
    case .vni: return try appendVNI(bytes, isLast: isLast)
    case .viqr: return try appendVIQR(bytes, isLast: isLast)
    case .utf8: return try appendUTF8(bytes, isLast: isLast)
    case .windows1252, .viscii, .vps, .tcvn3, .windows1258:
      guard let table = ByteTable.table(of: encoding) else { return 0 }
      try append(bytes, table)
      return bytes.count
    case .utf16: return 0
    }
  }

  /// Decodes bytes that each are a character, or a mark of the one before.
  private mutating func append(
    _ bytes: Span<UInt8>, _ table: ByteTable
  ) throws(UndecodableByte) {
    let encoded = table.encoded.span
    let toned = table.toned.span
    let start = count
    var index = 0
    while index < bytes.count {
      reserve(3 * 64 + 8)
      let end = Swift.min(index &+ 64, bytes.count)
      while index < end {
        let entry = encoded[Int(bytes[index])]
        let length = Int(entry >> 24)
        if length == 0 || length > 3 {
          guard entry & ByteTable.isMark != 0 else { throw UndecodableByte(offset: index) }
          let mark = table.scalars[Int(bytes[index])]
          let before = index > 0 ? Int(bytes[index &- 1]) : 0
          let joined = toned[before &* 5 &+ Letters.tonePlace(mark)]
          if joined != 0 {
            truncate(to: count &- Int(encoded[before] >> 24))
            append(Int(joined >> 24), of: UInt64(joined))
          } else {
            index = appendMarks(bytes, at: index, table, from: start)
            continue
          }
        } else {
          append(length, of: UInt64(entry))
        }
        index &+= 1
      }
    }
  }

  /// Puts all combining marks that stand from an index on together on the last character: their order
  /// may be another one in NFC.
  ///
  /// - Returns: the index behind them.
  @inline(never)
  private mutating func appendMarks(
    _ bytes: Span<UInt8>, at first: Int, _ table: ByteTable, from start: Int
  ) -> Int {
    var place = count
    while place > start {
      place -= 1
      if self[place] & 0xC0 != 0x80 { break }
    }
    var cluster = ByteBuffer(span.extracting(place..<count).withUnsafeBufferPointer { Array($0) })
    var index = first
    while index < bytes.count, table.encoded[Int(bytes[index])] & ByteTable.isMark != 0 {
      cluster.append(scalar: table.scalars[Int(bytes[index])])
      index += 1
    }
    truncate(to: place)
    append(composing: cluster.span)
    return index
  }

  private mutating func appendVNI(
    _ bytes: Span<UInt8>, isLast: Bool
  ) throws(UndecodableByte) -> Int {
    let table = VNITable.table
    let rows = table.rows.span
    let pairs = table.pairs.span
    let alone = table.alone.encoded.span
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      let row = rows[Int(byte)]
      if row != 0 {
        if index &+ 1 == bytes.count {
          if !isLast { return index }
        } else if bytes[index &+ 1] >= 0xC0 {
          let scalar = pairs[Int(row) &* 64 &+ Int(bytes[index &+ 1] &- 0xC0)]
          if scalar != 0 {
            append(scalar: scalar)
            index &+= 2
            continue
          }
        }
      }
      let entry = alone[Int(byte)]
      guard entry != 0 else { throw UndecodableByte(offset: index) }
      append(Int(entry >> 24), of: UInt64(entry))
      index &+= 1
    }
    return index
  }

  private mutating func appendUTF8(
    _ bytes: Span<UInt8>, isLast: Bool
  ) throws(UndecodableByte) -> Int {
    let valid = bytes.validUTF8Count
    if valid < bytes.count {
      // A character may be cut at the end of a piece.
      guard !isLast, bytes.count - valid < 4, bytes.mayGoOn(from: valid) else {
        throw UndecodableByte(offset: valid)
      }
    }
    append(composing: bytes.extracting(0..<valid))
    return valid
  }
}

extension Span<UInt8> {
  /// The number of bytes before the first one that is not UTF-8.
  var validUTF8Count: Int {
    do {
      _ = try UTF8Span(validating: self)
      return count
    } catch {
      return error.byteOffsets.lowerBound
    }
  }

  /// Tells whether the bytes from an offset to the end begin a character of UTF-8 that more bytes
  /// would make whole.
  fileprivate func mayGoOn(from offset: Int) -> Bool {
    let length =
      switch self[offset] {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    guard count - offset < length else { return false }
    if offset + 1 < count {
      let second = self[offset + 1]
      switch self[offset] {
      case 0xE0: if second < 0xA0 { return false }
      case 0xED: if second > 0x9F { return false }
      case 0xF0: if second < 0x90 { return false }
      case 0xF4: if second > 0x8F { return false }
      default: break
      }
    }
    return extracting((offset + 1)..<count).indices.allSatisfy {
      self[offset + 1 + $0] & 0xC0 == 0x80
    }
  }
}

// MARK: UTF-16

/// The order of the two bytes of a unit.
enum ByteOrder: Sendable { case little, big }

extension ByteBuffer {
  /// Appends the UTF-8 of UTF-16, not composed.
  ///
  /// - Returns: the number of bytes that were decoded.
  mutating func appendUTF16(
    _ bytes: Span<UInt8>, _ order: ByteOrder, isLast: Bool
  ) throws(UndecodableByte) -> Int {
    let low = order == .little ? 0 : 1
    let table = EncodedScalar.table
    let encoded = table.span
    func unit(_ index: Int) -> UInt32 {
      UInt32(bytes[index &+ low]) | UInt32(bytes[index &+ 1 &- low]) << 8
    }
    var index = 0
    while index &+ 1 < bytes.count {
      let high = unit(index)
      if high < 0x80 {
        append(UInt8(truncatingIfNeeded: high))
        index &+= 2
        continue
      }
      if high < 0x2000 {
        let entry = encoded[Int(high)]
        append(Int(entry >> 24), of: UInt64(entry))
        index &+= 2
        continue
      }
      if high & 0xF800 != 0xD800 {
        append(scalar: high)
        index &+= 2
        continue
      }
      guard high < 0xDC00 else { throw UndecodableByte(offset: index) }
      guard index &+ 3 < bytes.count else { break }
      let second = unit(index &+ 2)
      guard second & 0xFC00 == 0xDC00 else { throw UndecodableByte(offset: index) }
      append(scalar: 0x10000 &+ (high & 0x3FF) << 10 &+ second & 0x3FF)
      index &+= 4
    }
    guard !isLast || index == bytes.count else { throw UndecodableByte(offset: index) }
    return index
  }
}
