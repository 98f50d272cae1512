import Markdown
import Templating
import Texts

/// The body and the annexes of a report for a file of Word, and what stands in the file beside them.
struct WordFile {
  /// In the order of the report's parts.
  private(set) var parts: [[WordStretch]] = []
  private let lists: [WordList]
  private let media: [WordMedia.File]
  private let font: String

  init(_ parts: [ReportPart], of profile: LayoutProfile, showing pictures: [OutputFile]) {
    font = profile.fontNames.first ?? "Times New Roman"
    let media = WordMedia(pictures, font: font)
    var beside = WordParts(
      picture: { media.picture($0) }, draw: { media.drawings(of: $0) })
    self.parts = parts.enumerated().map { index, part in
      let role: WordPage.Role =
        index > 0 ? .annex(isTurned: part.form.isLandscape) : profile.isPost ? .post : .body
      let page = WordPage(profile, role: role)
      return Document(forWordOf: part.markdown.span).word(on: page, &beside)
    }
    (lists, self.media) = (beside.lists, media.files)
  }

  /// As layouts see it: `tep_word`.
  var variables: ValueMap {
    ValueMap([
      (Key("phong"), Value(font)), (Key("danh_sach"), .list(lists.map { .map($0.variables) })),
      (Key("anh"), .list(media.map { .map($0.variables) })),
    ])
  }
}

extension [WordStretch] {
  /// A list of stretches, each with its text and whether its pages are turned.
  var variables: Value { .list(map { .map($0.variables) }) }
}

extension WordStretch {
  fileprivate var variables: ValueMap {
    ValueMap([(Key("chu"), Value(markup: xml)), (Key("ngang"), .bool(isTurned))])
  }
}

extension WordList {
  fileprivate var variables: ValueMap {
    ValueMap([
      (Key("so"), .int(number)), (Key("tu"), .int(start)), (Key("ngoac"), .bool(hasParenthesis)),
      (Key("cap"), .int(level)),
    ])
  }
}

extension WordMedia.File {
  fileprivate var variables: ValueMap {
    var text = ByteBuffer()
    text.append(base64: bytes.span)
    return ValueMap([
      (Key("ten"), Value(name)), (Key("kieu"), Value(type)), (Key("quan_he"), Value(relationship)),
      (Key("noi_dung"), Value(markup: text.bytes)),
    ])
  }
}

extension LayoutProfile {
  fileprivate var isPost: Bool { layout.isSpelled("trang-tin") }
}

extension WordPage {
  /// The page that a profile's record describes.
  fileprivate init(_ profile: LayoutProfile, role: Role) {
    func number(_ name: String, _ fallback: Int) -> Int {
      profile.record[Key(name)]?.asText.flatMap { Int($0.string) } ?? fallback
    }
    let across = number("le_trai", 30) + number("le_phai", 15)
    let down = number("le_tren", 20) + number("le_duoi", 20) + number("cho_chu_thich", 15)
    func area(_ width: Int, _ height: Int) -> Area {
      Area(width: (width - across).twips, height: (height - down).twips)
    }
    let size = number("co_bang", 12)
    self.init(
      upright: area(210, 297), turned: area(297, 210),
      uprightColumns: number("cot_ngang", .max), smallColumns: number("cot_chu_nho", .max),
      tableSize: size, smallTableSize: number("co_bang_nho", size),
      pictureLabel: profile.page.pictureLabel, role: role)
  }
}

extension Int {
  /// So many millimetres in twentieths of a point.
  fileprivate var twips: Int { Swift.max(self, 10) * 7200 / 127 }
}
