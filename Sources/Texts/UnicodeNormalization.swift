@_spi(_Unicode) import Swift

// The standard library normalizes texts, but shows its functions only behind `_Unicode`. The public
// way is Foundation with the tables of ICU; FoundationEssentials, which is all that `baocao` links
// of it, has none. No other file of this package uses `_Unicode`.

extension String {
  /// The text in normalization form C: `ế` is one scalar.
  public var composed: String {
    var scalars = UnicodeScalarView()
    scalars.append(contentsOf: _nfc)
    return String(scalars)
  }

  /// The scalars of the text in normalization form D: `ế` is `e` and two combining marks.
  public var decomposedScalars: UnicodeScalarView {
    var scalars = UnicodeScalarView()
    scalars.append(contentsOf: _nfd)
    return scalars
  }
}
