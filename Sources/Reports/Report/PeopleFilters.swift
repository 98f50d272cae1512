import Diagnostics
import Texts
import Templating
import Vietnamese

extension Filter {
  /// `theo_ten`: people by their given names, then by family names and by the names between.
  static let byGivenName = Filter(
    "theo_ten", sortedBy: { { appendPersonSortKey(of: $0, to: &$1) } })

  /// `theo_chuc_danh`: people by the rank of their titles.
  static func byTitle(_ titles: LazyTitleRegister) -> Filter {
    Filter(
      "theo_chuc_danh",
      sortedBy: { () throws(Diagnostic) in
        let register = try titles.register()
        return { register.appendSortKey(of: $0, to: &$1) }
      })
  }
}
