extension ByteBuffer {
  /// Appends bytes in Base64, without line breaks.
  public mutating func append(base64 bytes: Span<UInt8>) {
    var index = 0
    while index < bytes.count {
      let left = min(3, bytes.count - index)
      var word = UInt32(bytes[index]) << 16
      if left > 1 { word |= UInt32(bytes[index + 1]) << 8 }
      if left > 2 { word |= UInt32(bytes[index + 2]) }
      for place in 0..<4 {
        append(place > left ? UInt8(ascii: "=") : digit(word >> (18 - 6 * UInt32(place)) & 63))
      }
      index += 3
    }
  }
}

private func digit(_ value: UInt32) -> UInt8 {
  switch UInt8(value) {
  case let value where value < 26: UInt8(ascii: "A") + value
  case let value where value < 52: UInt8(ascii: "a") + value - 26
  case let value where value < 62: UInt8(ascii: "0") + value - 52
  case 62: UInt8(ascii: "+")
  default: UInt8(ascii: "/")
  }
}

extension Span<UInt8> {
  /// The bytes that a text of Base64 stands for; anything but its digits is passed over.
  public var base64Decoded: [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(count / 4 * 3)
    var (word, bits) = (UInt32(0), UInt32(0))
    for index in indices {
      guard let value = base64Value(self[index]) else { continue }
      word = word << 6 | value
      bits += 6
      if bits >= 8 {
        bits -= 8
        output.append(UInt8(truncatingIfNeeded: word >> bits))
      }
    }
    return output
  }
}

private func base64Value(_ digit: UInt8) -> UInt32? {
  switch digit {
  case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit) - 65
  case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit) - 71
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit) + 4
  case UInt8(ascii: "+"): 62
  case UInt8(ascii: "/"): 63
  default: nil
  }
}
