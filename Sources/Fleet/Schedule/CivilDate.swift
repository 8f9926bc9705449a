/// A date of the Gregorian calendar.
///
/// - Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
struct CivilDate: Sendable, Hashable {
    var year: Int
    /// 1…12
    var month: Int
    /// 1…31
    var day: Int

    /// The date `day` days after 1970-01-01.
    init(day count: Int64) {
        let shifted = Int(count) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }
}
