/// Markdown that a person wrote, as Markdown that cannot leak out of its place: an open fence,
/// open emphasis or an open HTML comment ends where the text ends.
///
/// Raw HTML shows as the text that it is written with, a link whose scheme could run code leaves
/// its text, a heading ranks below those of the template. All comes out in cmark's canonical
/// spelling, with a line feed at the end.
public func closedMarkdown(_ markdown: ArraySlice<UInt8>) -> [UInt8] {
  let document = Document(prose: markdown.span)
  document.makeProse()
  var result: [UInt8] = []
  document.appendCommonMark(to: &result)
  return result
}
