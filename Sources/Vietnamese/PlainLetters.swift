@_spi(_Unicode) import Swift

/// The text in the letters a to z as far as they go: `Sơ kết` is `So ket`. For guessing what a name
/// was meant as; two words may well come out the same.
public func withoutMarks(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text._nfd where scalar.properties.generalCategory != .nonspacingMark {
    switch scalar {
    case "đ": result.append("d")
    case "Đ": result.append("D")
    default: result.append(scalar)
    }
  }
  return String(result)
}
