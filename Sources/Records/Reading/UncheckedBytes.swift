import Texts

/// Looks at several bytes of a rec text at once, each after one check that they are there: the
/// reader asks for the name and the end of every line of every data file, and the checks of single
/// bytes took more instructions than the rest of it.
extension RawSpan {
  /// Tells whether a name that stands before an offset in the text stands there too, and a colon
  /// behind it; false in the last eight bytes.
  @inline(__always)
  func hasName(_ name: SourceRange, at offset: Int) -> Bool {
    let (other, count) = (Int(name.start), name.count)
    guard offset &+ count &+ 8 <= byteCount else { return false }
    // The other stands before this one, so both are within the text.
    precondition(offset >= 0 && other >= 0 && other <= offset)
    var done = 0
    while done &+ 8 <= count {
      if uncheckedWord(offset &+ done) != uncheckedWord(other &+ done) { return false }
      done &+= 8
    }
    // The rest and the colon; what stands behind them is shifted out.
    let behind = UInt64(truncatingIfNeeded: 8 &* (7 &- (count &- done)))
    return (uncheckedWord(offset &+ done) ^ uncheckedWord(other &+ done)) &<< behind == 0
  }

  /// Eight bytes, the first lowest, where the caller has seen that they are there.
  @inline(__always)
  private func uncheckedWord(_ offset: Int) -> UInt64 {
    unsafe UInt64(
      littleEndian: unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
  }

  /// The offset of the first line feed at or after `start`, or the end: that of a short line
  /// without a call.
  @inline(__always)
  func nearLineFeed(from start: Int) -> Int {
    precondition(start >= 0)
    var offset = start
    while offset &+ 16 <= byteCount, offset < start &+ 96 {
      let block = unsafe unsafeLoadUnaligned(
        fromUncheckedByteOffset: offset, as: SIMD16<UInt8>.self)
      let feeds = block.places(of: UInt8(ascii: "\n"))
      if feeds != 0 { return offset &+ feeds.trailingZeroBitCount }
      offset &+= 16
    }
    return lineFeed(from: offset)
  }
}
