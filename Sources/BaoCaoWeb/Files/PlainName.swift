import Foundation

/// A name in small letters without accents, digits and hyphens: `Sơ kết 6 tháng` → `so-ket-6-thang`.
struct PlainName {
  let text: String

  init(_ name: String) {
    let letters = name.lowercased().replacing("đ", with: "d").decomposedStringWithCanonicalMapping
    var text = ""
    for scalar in letters.unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9": text.unicodeScalars.append(scalar)
      case _ where scalar.properties.canonicalCombiningClass != .notReordered: continue
      default: if !text.isEmpty, !text.hasSuffix("-") { text += "-" }
      }
    }
    while text.hasSuffix("-") { text.removeLast() }
    self.text = String(text.prefix(80))
  }
}
