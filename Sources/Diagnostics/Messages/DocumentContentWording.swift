extension CheckProblem {
  /// What documents may say, and where records go.
  var sayingWording: Wording? {
    switch self {
    case .notInVerbatim(let field, let value):
      Wording(
        "K271", "nguyên văn của bài không có «\(value)» ở «\(field)»",
        "the text of the post does not have the “\(value)” of “\(field)”",
        hint: (
          "ghi như trong bài; bài không có thì để trống",
          "write it as the text has it; leave it empty where the text has none"
        ))
    case .deadlinePassed(let deadline, let day):
      Wording(
        "K115", "thời hạn «\(deadline)» đã qua khi văn bản ra ngày \(day)",
        "the deadline “\(deadline)” has passed when the document of \(day) is issued",
        hint: ("sửa thời hạn, hoặc ngày của văn bản", "correct the deadline or the document's day"))
    case .toldTooSoon(let day, let event):
      Wording(
        "K116", "văn bản ngày \(day) kể lại việc của \(event), khi ấy chưa diễn ra",
        "the document of \(day) tells of what happens only on \(event)",
        hint: ("sửa ngày nào sai trong hai ngày", "correct the one that is wrong"))
    case .dayToCome(let day, let told):
      Wording(
        "K116", "văn bản ngày \(day) kể lại việc của \(told), khi ấy chưa diễn ra",
        "the document of \(day) tells of what happens only on \(told)", hint: Self.planOrCorrect)
    case .perhapsDayToCome(let day, let told):
      Wording(
        "K157", "\(told) ở sau ngày của văn bản, \(day): việc ấy chưa diễn ra",
        "\(told) is after the day of the document, \(day): it has not happened yet",
        hint: Self.planOrCorrect, severity: .warning)
    case .perhapsDeadlinePassed(let deadline, let day):
      Wording(
        "K158", "«\(deadline)» đã qua khi văn bản ra ngày \(day)",
        "“\(deadline)” has passed when the document of \(day) is issued",
        hint: (
          "là thời hạn thì sửa; đang nhắc việc cũ thì giữ nguyên",
          "correct it if it is a deadline; leave it where it speaks of former times"
        ), severity: .warning)
    case .titleOfOtherPeriod(let period, let known):
      Wording(
        "K159", "«\(period)» không phải là kỳ báo cáo, cũng không phải là kỳ tới",
        "“\(period)” is neither the reporting period nor the next one",
        hint: (
          "tệp này báo cáo về \(list(known, "và"))", "this file reports on \(list(known, "and"))"
        ), severity: .warning)
    case .beforeCutoff(let day, let cutoff):
      Wording(
        "K117", "văn bản ngày \(day) ra trước ngày chốt số liệu \(cutoff)",
        "the document of \(day) is issued before the cut-off of its data on \(cutoff)",
        hint: (
          "sửa ngày của văn bản, hoặc ghi ngày chốt của cơ quan ở so_lieu_den_ngay",
          "correct its day, or give the office's own cut-off in so_lieu_den_ngay"
        ))
    case .perhapsBeforeCutoff(let day, let cutoff):
      Wording(
        "K117", "bài ngày \(day) đăng trước ngày chốt số liệu \(cutoff)",
        "the post of \(day) comes before the cut-off of its figures on \(cutoff)",
        hint: (
          "sửa ngày nào sai trong hai ngày; số liệu trong bài là số tạm tính thì giữ nguyên",
          "correct the one that is wrong; leave it where the figures of the post are preliminary"
        ), severity: .warning)
    case .late(let day, let due):
      Wording(
        "K161", "văn bản ngày \(day) ra sau hạn gửi báo cáo \(due)",
        "the document of \(day) is issued after the report was due on \(due)",
        hint: (
          "sửa ngày nào sai trong hai ngày; gửi muộn thật thì giữ nguyên",
          "correct the one that is wrong; leave it where the report is late"
        ), severity: .warning)
    case .beforePeriod(let day, let begin):
      Wording(
        "K118", "ngày \(day) ở trước cả kỳ báo cáo (từ \(begin))",
        "the day \(day) comes before the reporting period begins (on \(begin))",
        hint: ("xem lại năm, tháng của ngày này", "look at its year and month again"))
    case .partOfDeadlinePassed(let deadline, let passed, let day):
      Wording(
        "K158", "trong thời hạn «\(deadline)», \(passed) đã qua khi văn bản ra ngày \(day)",
        "of the deadline “\(deadline)”, \(passed) has passed when the document of \(day) is issued",
        hint: (
          "sửa ngày sai; phần việc ấy đã làm xong thì chỉ ghi thời hạn còn lại",
          "correct the day; where that part is done give only what is left"
        ), severity: .warning)
    case .reversedDeadline(let text):
      Wording(
        "K160", "trong thời hạn «\(text)», lúc bắt đầu ở sau lúc kết thúc",
        "the deadline “\(text)” begins after it ends",
        hint: (
          "sửa chỗ nào sai; sang năm sau mới xong thì ghi năm cho cả hai",
          "correct the one that is wrong; give both their years where it ends in the next"
        ))
    case .unreadDeadline(let text):
      Wording(
        "K119", "không rõ thời hạn «\(text)» là ngày nào", "the deadline “\(text)” gives no day",
        hint: (
          "viết cả năm: trước ngày 30/9/2026, trong tháng 9/2026, quý III năm 2026; "
            + "việc không có ngày thì viết thường xuyên, hằng tháng, theo tiến độ …",
          "write the year too: trước ngày 30/9/2026, trong tháng 9/2026, quý III năm 2026; "
            + "what has no day is thường xuyên, hằng tháng, theo tiến độ …"
        ))
    case .leadDiffers(let found, let field, let data):
      Wording(
        "K151", "ở đây ghi «\(found)», nhưng trường \(field.vietnamese) là «\(data)»",
        "here it is “\(found)”, but the field \(field.english) is “\(data)”",
        hint: ("sửa chỗ nào sai trong hai chỗ", "correct the one that is wrong"))
    case .leadUnknown(let found, let suggestion):
      Wording(
        "K152", "dữ liệu không ghi «\(found)»", "the data do not have “\(found)”",
        hint: didYouMean(suggestion), severity: .warning)
    case .otherPlace(let found, let known):
      Wording(
        "K163", "ở đây ghi «\(found)», nhưng cơ quan báo cáo ở «\(known)»",
        "here it is “\(found)”, but the office that reports is of “\(known)”",
        hint: (
          "sửa chỗ nào sai trong hai chỗ; nhắc đến nơi khác thì giữ nguyên",
          "correct the one that is wrong; leave it where another place is meant"
        ), severity: .warning)
    case .noSuchDocument(let name, let suggestion, let known):
      Wording(
        "K153", "tệp không có văn bản «\(name)»", "the file has no document “\(name)”",
        hint: suggestion == nil
          ? (
            "các văn bản của tệp: \(known.joined(separator: ", "))",
            "its documents are: \(known.joined(separator: ", "))"
          ) : didYouMean(suggestion))
    case .unprintedRecords(let type, let count):
      Wording(
        "K154",
        count == 1
          ? "không văn bản nào của tệp in bản ghi «\(type)» này"
          : "không văn bản nào của tệp in \(count) bản ghi «\(type)»",
        count == 1
          ? "no document of the file prints this record of the type “\(type)”"
          : "no document of the file prints \(count) records of the type “\(type)”",
        hint: Self.printOrRemove, severity: .warning)
    case .unprintedField(let field, let count, let companion):
      Wording(
        "K155",
        "không văn bản nào của tệp in trường \(field.vietnamese)"
          + (count == 1 ? "" : " (\(count) chỗ)"),
        "no document of the file prints the field \(field.english)"
          + (count == 1 ? "" : " (\(count) places)"),
        hint: companion.map {
          (
            "cần in thì thêm trường \($0.vietnamese) vào bản ghi, không cần thì bỏ",
            "add the field \($0.english) to the record, or remove it"
          )
        } ?? Self.printOrRemove, severity: .warning)
    case .leadsNowhere(let word, let field):
      Wording(
        "K156", "câu kết thúc bằng «\(word)» mà không có trường \(field.vietnamese) để nối vào",
        "the sentence ends with “\(word)” without the field \(field.english) to go on with",
        hint: (
          "thêm dòng «\(field.name): …», hoặc bỏ «\(word)»",
          "add a line “\(field.name): …”, or remove “\(word)”"
        ))
    case .tooFew(let names, let count, let least):
      Wording(
        "K185",
        count == 0
          ? "văn bản này chưa có \(list(names, "hoặc")) nào; cần ít nhất \(least)"
          : "văn bản này mới có \(count) \(list(names, "hoặc")); cần ít nhất \(least)",
        count == 0
          ? "this document has no \(list(names, "or")); it needs at least \(least)"
          : "this document has only \(count) of \(list(names, "or")); it needs at least \(least)",
        hint: (
          "thêm vào; bản ghi có rồi thì xem văn bản này có ở trường trong của nó không",
          "add it; where the record is there, see whether its field trong names this document"
        ))
    case .saidAgain(let value, let field):
      Wording(
        "K186", "trường \(field.vietnamese) ghi «\(value)» hai lần",
        "the field \(field.english) says “\(value)” twice",
        hint: ("bỏ một dòng", "remove one of the lines"))
    case .explainedAgain(let short):
      Wording(
        "K142", "«\(short)» đã được giải thích ở trên trong cùng văn bản",
        "“\(short)” was explained above in the same document",
        hint: ("chỉ viết «\(short)»", "write only “\(short)”"), severity: .warning)
    case .writtenOutAgain(let short, let meaning):
      Wording(
        "K146", "«\(meaning)» được viết lại đầy đủ sau khi đã giải thích «\(short)»",
        "“\(meaning)” is written out again after “\(short)” was explained",
        hint: (
          "viết «\(short)», hoặc bỏ «(\(short))» ở trên",
          "write “\(short)”, or remove “(\(short))” above"
        ), severity: .warning)
    case .explainedForNothing(let short):
      Wording(
        "K147", "«\(short)» được giải thích mà không văn bản nào của tệp dùng lại",
        "“\(short)” is explained, and no document of the file uses it",
        hint: ("bỏ «(\(short))»", "remove “(\(short))”"), severity: .warning)
    default: nil
    }
  }

  private static var planOrCorrect: (vietnamese: String, english: String) {
    (
      "việc chưa diễn ra thì viết «dự kiến», «sẽ»; ngày ghi sai thì sửa lại",
      "of what is to come write «dự kiến», «sẽ»; else correct the day"
    )
  }

  private static var printOrRemove: (vietnamese: String, english: String) {
    (
      "cần in thì thêm văn bản có chỗ cho nó, không cần thì bỏ",
      "add a document that has a place for it, or remove it"
    )
  }
}
