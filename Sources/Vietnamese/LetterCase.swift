import Texts

/// The text in capital letters (the filter `upper`).
public func uppercased(_ text: ArraySlice<UInt8>) -> [UInt8] {
  var result = ByteBuffer()
  appendUppercased(text.span, to: &result)
  return result.bytes
}

/// The text in small letters (the filter `lower`).
public func lowercased(_ text: ArraySlice<UInt8>) -> [UInt8] {
  var result = ByteBuffer()
  appendLowercased(text.span, to: &result)
  return result.bytes
}

/// Appends a text with its first letter as a capital (the filter `viet_hoa_dau`), also behind
/// opening quotes and brackets: `“Năm dân vận`.
public func appendCapitalized(_ text: ArraySlice<UInt8>, to bytes: inout ByteBuffer) {
  appendCapitalized(text.span, to: &bytes)
}

/// Appends a text with its first letter as a capital, as ``appendCapitalized(_:to:)`` of a slice
/// does.
public func appendCapitalized(_ text: Span<UInt8>, to bytes: inout ByteBuffer) {
  var start = 0
  var signs = 0
  while signs < 4, start < text.count, isOpeningSign(text, at: start) {
    start = text.scalarEnd(from: start)
    signs += 1
  }
  let end = start < text.count ? text.scalarEnd(from: start) : start
  bytes.append(0..<start, of: text)
  appendUppercased(text.extracting(start..<end), to: &bytes)
  bytes.append(end..<text.count, of: text)
}

/// Appends a text with its first letter as a small one (the filter `viet_thuong_dau`).
public func appendUncapitalized(_ text: Span<UInt8>, to bytes: inout ByteBuffer) {
  let end = text.isEmpty ? 0 : text.scalarEnd(from: 0)
  appendLowercased(text.extracting(0..<end), to: &bytes)
  bytes.append(end..<text.count, of: text)
}

/// Tells whether one of `“”"'‘«([` stands at an offset.
private func isOpeningSign(_ text: Span<UInt8>, at offset: Int) -> Bool {
  switch text[offset] {
  case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: "["): true
  case 0xC2: offset + 1 < text.count && text[offset + 1] == 0xAB
  case 0xE2:
    offset + 2 < text.count && text[offset + 1] == 0x80
      && (text[offset + 2] == 0x98 || text[offset + 2] &- 0x9C < 2)
  default: false
  }
}
