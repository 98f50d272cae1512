import Texts

extension WordPage.Area {
  /// The size of a picture in twentieths of a point: its own where it fits, or the width of the page.
  func fitting(width own: Int, height ownHeight: Int, fills: Bool) -> WordPage.Area {
    let (own, ownHeight) = (max(own, 1), max(ownHeight, 1))
    var (width, height) = (own, ownHeight)
    if fills || width > self.width { (width, height) = (self.width, self.width * ownHeight / own) }
    if height > self.height { (width, height) = (self.height * own / ownHeight, self.height) }
    return WordPage.Area(width: max(width, 1), height: max(height, 1))
  }
}

extension ByteBuffer {
  /// Appends the run of a picture that stands in its line.
  mutating func append(
    drawing picture: WordPicture, number: Int, _ size: WordPage.Area, _ description: [UInt8]
  ) {
    let (width, height) = (size.width * emusInTwip, size.height * emusInTwip)
    append(literal: "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">")
    append(literal: "<wp:extent")
    append(width: width, height: height)
    append(literal: "<wp:docPr")
    append(name: number, description)
    append(literal: "<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/>")
    append(literal: "</wp:cNvGraphicFramePr><a:graphic><a:graphicData uri=\"")
    append(literal: "http://schemas.openxmlformats.org/drawingml/2006/picture\">")
    append(literal: "<pic:pic><pic:nvPicPr><pic:cNvPr")
    append(name: number, description)
    append(literal: "<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"")
    append(contentsOf: picture.relationship.utf8)
    if let vector = picture.vector {
      append(literal: "\"><a:extLst><a:ext uri=\"{96DAC541-7B7A-43D3-8B79-37D633B846F1}\">")
      append(literal: "<asvg:svgBlip r:embed=\"")
      append(contentsOf: vector.utf8)
      append(literal: "\"/></a:ext></a:extLst></a:blip>")
    } else {
      append(literal: "\"/>")
    }
    append(literal: "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>")
    append(literal: "<a:off x=\"0\" y=\"0\"/><a:ext")
    append(width: width, height: height)
    append(
      literal: "</a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>")
    append(literal: "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>")
  }

  private mutating func append(width: Int, height: Int) {
    append(literal: " cx=\"")
    append(number: width)
    append(literal: "\" cy=\"")
    append(number: height)
    append(literal: "\"/>")
  }

  private mutating func append(name number: Int, _ description: [UInt8]) {
    append(literal: " id=\"")
    append(number: number)
    append(literal: "\" name=\"Hình ")
    append(number: number)
    append(literal: "\" descr=\"")
    append(forXML: description.span)
    append(literal: "\"/>")
  }
}

/// English Metric Units in a twentieth of a point.
private let emusInTwip = 635
