/// The theme of an office file: colours, fonts and lines that a program offers to its user. No part of
/// what is written here refers to it, but Excel and Word make one where there is none.
enum OfficeTheme {
  static var part: [UInt8] {
    var xml = XMLWriter()
    xml.write(head)
    xml.write("<a:majorFont>")
    xml.write(fonts)
    xml.write("</a:majorFont><a:minorFont>")
    xml.write(fonts)
    xml.write("</a:minorFont>")
    xml.write(tail)
    return xml.finish()
  }

  private static let fonts: StaticString = """
    <a:latin typeface="Times New Roman"/><a:ea typeface=""/><a:cs typeface=""/>
    """

  private static let head: StaticString = """
    <a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="BaoCao">\
    <a:themeElements><a:clrScheme name="Office">\
    <a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1>\
    <a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1>\
    <a:dk2><a:srgbClr val="44546A"/></a:dk2><a:lt2><a:srgbClr val="E7E6E6"/></a:lt2>\
    <a:accent1><a:srgbClr val="4472C4"/></a:accent1><a:accent2><a:srgbClr val="ED7D31"/></a:accent2>\
    <a:accent3><a:srgbClr val="A5A5A5"/></a:accent3><a:accent4><a:srgbClr val="FFC000"/></a:accent4>\
    <a:accent5><a:srgbClr val="5B9BD5"/></a:accent5><a:accent6><a:srgbClr val="70AD47"/></a:accent6>\
    <a:hlink><a:srgbClr val="0563C1"/></a:hlink><a:folHlink><a:srgbClr val="954F72"/></a:folHlink>\
    </a:clrScheme><a:fontScheme name="BaoCao">
    """

  private static let tail: StaticString = """
    </a:fontScheme><a:fmtScheme name="Office"><a:fillStyleLst>\
    <a:solidFill><a:schemeClr val="phClr"/></a:solidFill>\
    <a:solidFill><a:schemeClr val="phClr"/></a:solidFill>\
    <a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:fillStyleLst><a:lnStyleLst>\
    <a:ln w="6350"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>\
    <a:ln w="12700"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>\
    <a:ln w="19050"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln></a:lnStyleLst>\
    <a:effectStyleLst><a:effectStyle><a:effectLst/></a:effectStyle>\
    <a:effectStyle><a:effectLst/></a:effectStyle><a:effectStyle><a:effectLst/></a:effectStyle>\
    </a:effectStyleLst><a:bgFillStyleLst><a:solidFill><a:schemeClr val="phClr"/></a:solidFill>\
    <a:solidFill><a:schemeClr val="phClr"/></a:solidFill>\
    <a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:bgFillStyleLst></a:fmtScheme>\
    </a:themeElements></a:theme>
    """
}
