extension Double {
    /// With so many decimals, rounded half away from zero: 0…9.
    func fixed(_ decimals: Int) -> String {
        guard isFinite, abs(self) < 1e15 else { return isNaN ? "?" : self < 0 ? "-∞" : "∞" }
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let whole = (abs(self) * scale).rounded()
        let sign = self < 0 && whole > 0 ? "-" : ""
        guard decimals > 0 else { return "\(sign)\(Int(whole))" }
        let digits = String(Int(whole.truncatingRemainder(dividingBy: scale)))
        return "\(sign)\(Int(whole / scale))." + String(repeating: "0", count: decimals - digits.count) + digits
    }

    /// A share as per cent; small ones with as many decimals as they need.
    var percent: String {
        let share = self * 100
        if share == 0 || share >= 10 { return share.fixed(0) + " %" }
        return share.fixed(share >= 0.1 ? 1 : share >= 0.001 ? 3 : 5) + " %"
    }

    /// A time in seconds as people say it: `45 s`, `3 min 20 s`, `6 h 30 min`.
    var asTime: String {
        guard isFinite else { return "never" }
        let seconds = Int(rounded())
        if seconds < 60 { return "\(seconds) s" }
        let (big, small, names) =
            seconds < 3600
            ? (seconds / 60, seconds % 60, ("min", "s")) : (seconds / 3600, seconds % 3600 / 60, ("h", "min"))
        return small == 0 ? "\(big) \(names.0)" : "\(big) \(names.0) \(small) \(names.1)"
    }
}
