import Texts

/// A file of Word as one text of XML, which is how templates write it: each part in an element, with
/// its name and its type (the form that Word itself knows as a single file, Flat OPC).
///
/// ```xml
/// <pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">
/// <pkg:part pkg:name="/word/document.xml" pkg:contentType="…"><pkg:xmlData>…</pkg:xmlData></pkg:part>
/// <pkg:part pkg:name="/word/media/a.png" pkg:contentType="image/png"><pkg:binaryData>…
/// ```
struct WordPackage {
  private let parts: [Part]

  fileprivate struct Part {
    /// From the root of the package, without the first slash.
    let name: String
    let type: String
    let bytes: [UInt8]

    var isRelationships: Bool { name.hasSuffix(".rels") }

    /// The theme of a file whose template has none.
    static var theme: Part {
      Part(
        name: "word/theme/theme1.xml",
        type: "application/vnd.openxmlformats-officedocument.theme+xml", bytes: OfficeTheme.part)
    }
  }

  /// Finds the parts in the text. As no text of the data has a `<`, the marks of the form are where
  /// they seem to be. Parts in other forms than those above are passed over.
  init(flat text: [UInt8]) {
    var parts: [Part] = []
    var place = 0
    while let start = text.span.first(of: Self.partStart.span, from: place) {
      let end = text.span.first(of: Self.partEnd.span, from: start) ?? text.count
      place = end
      if let part = Part(text[start..<end]) { parts.append(part) }
    }
    let hasTheme = parts.isEmpty || parts.contains { $0.name == Part.theme.name }
    self.parts = hasTheme ? parts : parts + [Part.theme]
  }

  private static let partStart = Array("<pkg:part ".utf8)
  private static let partEnd = Array("</pkg:part>".utf8)

  /// The container; nil where there was no memory for it.
  var packed: [UInt8]? {
    var zip = ZipWriter()
    zip.append("[Content_Types].xml", contentTypes.span)
    for part in parts { zip.append(part.name, part.bytes.span) }
    return zip.finish()
  }

  private var contentTypes: [UInt8] {
    var xml = XMLWriter()
    xml.write("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">")
    xml.write("<Default Extension=\"rels\" ContentType=\"")
    xml.write("application/vnd.openxmlformats-package.relationships+xml\"/>")
    xml.write("<Default Extension=\"xml\" ContentType=\"application/xml\"/>")
    for part in parts where !part.isRelationships {
      xml.write("<Override PartName=\"/")
      xml.write(escaped: part.name)
      xml.write("\" ContentType=\"")
      xml.write(escaped: part.type)
      xml.write("\"/>")
    }
    xml.write("</Types>")
    return xml.finish()
  }
}

extension WordPackage.Part {
  /// nil for an element without a name, a type or contents.
  fileprivate init?(_ element: ArraySlice<UInt8>) {
    guard let name = element.value(of: " pkg:name=\""),
      let type = element.value(of: " pkg:contentType=\"")
    else { return nil }
    self.name = String(decoding: name.drop { $0 == UInt8(ascii: "/") }, as: UTF8.self)
    self.type = String(decoding: type, as: UTF8.self)
    if let xml = element.contents(of: "xmlData") {
      bytes = Array("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".utf8) + xml
    } else if let data = element.contents(of: "binaryData") {
      bytes = Array(data).span.base64Decoded
    } else {
      return nil
    }
  }
}

extension ArraySlice<UInt8> {
  private func first(of word: String) -> Range<Int>? {
    let word = Array(word.utf8)
    return span.first(of: word.span, from: 0).map { startIndex + $0..<startIndex + $0 + word.count }
  }

  fileprivate func value(of attribute: String) -> ArraySlice<UInt8>? {
    first(of: attribute).map { self[$0.upperBound...].prefix { $0 != UInt8(ascii: "\"") } }
  }

  /// What stands between the tags of an element of the form; blanks around it do not count.
  fileprivate func contents(of element: String) -> ArraySlice<UInt8>? {
    guard let open = first(of: "<pkg:\(element)>"), let close = first(of: "</pkg:\(element)>"),
      open.upperBound <= close.lowerBound
    else { return nil }
    var contents = self[open.upperBound..<close.lowerBound]
    while let byte = contents.first, byte <= 0x20 { contents.removeFirst() }
    while let byte = contents.last, byte <= 0x20 { contents.removeLast() }
    return contents
  }
}
