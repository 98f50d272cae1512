/// The places in a Markdown template where a value cannot be shown as it is: M0xx.
public enum MarkdownProblem: Sendable {
  case backtickInCode
  case lineBreakInCode
  case edgeSpaceInCode
  case closesFence
  case lineBreakInNestedFence
  case insideHTML
  case codeNotClosed
  case markupInIndentedCode
  case notInAutolink
  case proseTooDeep(line: Int, most: Int)
  case tooManySigns(line: Int)
  case tooManyCells(line: Int)
  /// Several paragraphs, a list or a table for a heading or a cell of a table.
  case blocksInLine

  var wording: Wording {
    switch self {
    case .backtickInCode:
      Wording(
        "M001", "giá trị có dấu ` nên không đặt được trong đoạn mã",
        "the value holds a backtick, so it cannot stand in a code span",
        hint: ("đưa giá trị ra ngoài cặp dấu `", "move the value out of the backticks"))
    case .lineBreakInCode:
      Wording(
        "M002", "giá trị có nhiều dòng nên không đặt được trong đoạn mã",
        "the value has several lines, so it cannot stand in a code span",
        hint: ("đưa giá trị ra ngoài cặp dấu `", "move the value out of the backticks"))
    case .edgeSpaceInCode:
      Wording(
        "M003", "giá trị có dấu cách ở đầu hoặc cuối, trong đoạn mã sẽ bị mất",
        "the value begins or ends with a space, which a code span would lose",
        hint: ("đưa giá trị ra ngoài cặp dấu `", "move the value out of the backticks"))
    case .closesFence:
      Wording(
        "M004", "giá trị có dòng sẽ đóng khối mã",
        "a line of the value would close the code block",
        hint: ("mở khối mã bằng nhiều dấu hơn", "open the code block with a longer fence"))
    case .lineBreakInNestedFence:
      Wording(
        "M005", "giá trị nhiều dòng không đặt được trong khối mã thụt vào hoặc ở dòng mở khối mã",
        "a value of several lines cannot stand in an indented code block or in its first line",
        hint: ("đưa khối mã ra sát lề", "move the code block to the margin"))
    case .insideHTML:
      Wording(
        "M006", "giá trị nằm trong thẻ HTML nên sẽ không hiện ra",
        "the value stands inside raw HTML, so it would not show",
        hint: ("bỏ thẻ HTML trong mẫu", "remove the HTML from the template"))
    case .codeNotClosed:
      Wording(
        "M007", "mẫu có dấu ` trước giá trị mà không có dấu ` đóng",
        "the template has a backtick before a value and none that closes it",
        hint: ("thêm dấu ` đóng, hoặc viết \\`", "add the closing backtick, or write \\`"))
    case .markupInIndentedCode:
      Wording(
        "M008", "giá trị có ký hiệu Markdown hoặc nhiều dòng, nằm trong khối mã thụt bốn dấu cách",
        "a value with Markdown signs or several lines stands in code indented by four spaces",
        hint: ("dùng khối mã ```", "use a fenced code block"))
    case .notInAutolink:
      Wording(
        "M009", "giá trị không viết được trong địa chỉ <…>",
        "the value cannot be part of an address in <…>",
        hint: ("dùng [tên](địa chỉ)", "write [name](address)"))
    case .proseTooDeep(let line, let most):
      Wording(
        "M010",
        "dòng \(line) của đoạn Markdown mở danh sách và trích dẫn lồng nhau quá \(most) bậc",
        "line \(line) of the Markdown opens lists and quotes more than \(most) deep",
        hint: (
          "bớt dấu >, -, * hoặc số ở đầu dòng; là chữ thì viết \\ trước dấu",
          "take signs like >, -, * or numbers off its start; write \\ before one that is text"
        ))
    case .tooManySigns(let line):
      Wording(
        "M011",
        "đoạn Markdown đến dòng \(line) quá dài mà có quá nhiều dấu *, _, `, [, ], < hoặc !",
        "the Markdown up to line \(line) is one paragraph with too many of *, _, `, [, ], < and !",
        hint: (
          "chia thành nhiều đoạn, cách nhau một dòng trống",
          "part it into several paragraphs with blank lines"
        ))
    case .blocksInLine:
      Wording(
        "M013", "đoạn Markdown có nhiều đoạn, danh sách hoặc bảng, không đặt được trong một dòng",
        "the Markdown has several paragraphs, a list or a table, which no single line can hold",
        hint: (
          "trong tiêu đề, ô bảng chỉ viết một đoạn", "in a heading or a cell write one paragraph"
        ))
    case .tooManyCells(let line):
      Wording(
        "M012",
        "bảng đến dòng \(line) của đoạn Markdown có quá nhiều cột mà các hàng bỏ trống",
        "the table up to line \(line) of the Markdown has too many columns that its rows leave out",
        hint: (
          "bỏ bớt cột ở hàng đầu và hàng gạch của bảng",
          "take columns off the first row and the row of dashes"
        ))
    }
  }
}
