public import Lighting

/// The fields of a zone's configuration. Only here are they spelt; docs/protocol.md's table is held to it by a test.
public enum ZoneFields {
    /// The fields that a zone has besides its bars, sensors and ``profile``.
    public static let zone: [ZoneField<Zone>] = [
        ZoneField("hold", .duration(Zone.holdRange), "a hold", example: "60s", \.hold),
        ZoneField("look", look, example: "{brightness: 60%, colour: 2700K}", fresh: Look(), \.look),
        ZoneField("wave", wave, example: "{delay: 50ms}", fresh: Wave(), \.wave),
        ZoneField("follow", follow, example: "{reach: 3, pace: 400ms}", isShort: true, fresh: Follow(), \.follow),
        ZoneField(
            "lead", .duration(Zone.leadRange), "a lead that isn't auto", example: "auto", absence: .word("auto"),
            \.lead),
        ZoneField(
            "onlyWhenDark", onlyWhenDark, example: "{sensor: landing/window, below: 10lx}",
            fresh: DarkLimit(sensor: "", lux: DarkLimit.range.lowerBound), \.onlyWhenDark),
        ZoneField(
            "manual", manual, example: "{off: visit}", fresh: ManualEndings(), usual: ManualEndings(), \.manual),
        ZoneField(
            "standby", standby, example: "{level: 3%, bars: ends}", isShort: true, fresh: Standby(level: .dark),
            \.standby),
        ZoneField(
            "master", .flag, "whether a zone's off puts out its bars in other zones, too,", usual: false, \.isMaster),
    ]

    /// The fields that an entry of a zone's ``profile`` has.
    public static let entry: [ZoneField<Profile.Entry>] = [
        ZoneField("from", .time, example: "\"22:00\"", need: .required, \.from),
        ZoneField("brightness", .level, "a brightness", example: "10%", absence: .shown("as the look"), \.brightness),
        ZoneField("colour", .colour, example: "1900K", absence: .shown("as the look"), \.colour),
        ZoneField("hold", .duration(Zone.holdRange), "a hold", example: "30s", \.hold),
        ZoneField("easeIn", .duration(Look.easeRange), "an ease", example: "2s", \.easeIn),
        ZoneField("easeOut", .duration(Look.easeRange), "an ease", example: "5s", \.easeOut),
        ZoneField("standby", .level, "a guide light", example: "3%", \.standby),
        ZoneField(
            "wave", wave, example: "{delay: 50ms}", fresh: Wave(), word: (name: "together", value: .together), \.wave),
    ]

    /// An entry before any of its fields is read; the time is required.
    public static let freshEntry = Profile.Entry(from: .sun(.sunrise, offset: .zero))

    /// The name of the list of entries, each with the fields of ``entry``.
    public static let profile = "profile"
    /// The entries that a profile may have: one for each minute of a day.
    public static let profileRange = 0...1440
    /// The names that a zone's fields have in the site file.
    public static let names = ["bars", "sensors"] + zone.map(\.name) + [profile]

    /// The fields that ``Lighting/Wave`` has.
    public static let wave: [ZoneField<Wave>] = [
        ZoneField("delay", .duration(Wave.delayRange), "the delay from bar to bar", example: "50ms", \.delay),
        ZoneField(
            "delayBackward", .duration(Wave.delayRange), "the delay from bar to bar backwards", example: "80ms",
            \.delayBackward),
        ZoneField(
            "along", .duration(Wave.delayRange), "the time along a bar", example: "50ms", usual: .zero, \.along),
        ZoneField("order", .order, "an order that isn't a list of positions", \.order),
        ZoneField("off", .words(of: Wave.Off.self), "the way a wave goes off", \.off),
    ]

    private static let look: [ZoneField<Look>] = [
        ZoneField("brightness", .level, "a brightness", example: "60%", \.brightness),
        ZoneField("colour", .colour, example: "2700K", \.colour),
        ZoneField("gradient", .colour, example: "1900K", \.gradient),
        ZoneField("easeIn", .duration(Look.easeRange), "an ease", example: "400ms", \.easeIn),
        ZoneField("easeOut", .duration(Look.easeRange), "an ease", example: "1.5s", \.easeOut),
        ZoneField("curve", .words(of: EasingCurve.self), "a curve", \.curve),
    ]

    private static let follow: [ZoneField<Follow>] = [
        ZoneField(
            "reach", .count(Follow.reachRange), "how many bars are lit to each side", example: "3", need: .essential,
            \.reach),
        ZoneField(
            "pace", .duration(Follow.paceRange), "the time that people take from bar to bar", example: "400ms",
            need: .essential, \.pace),
    ]

    private static let onlyWhenDark: [ZoneField<DarkLimit>] = [
        ZoneField("sensor", .lightSensor, example: "landing/window", need: .required, \.sensor),
        ZoneField(
            "below", .lux(DarkLimit.range), "the limit of darkness", example: "10lx", need: .required, \.lux),
    ]

    private static let manual: [ZoneField<ManualEndings>] = [
        ZoneField("on", .ending, example: "visit", \.on),
        ZoneField("off", .ending, example: "visit", \.off),
    ]

    private static let standby: [ZoneField<Standby>] = [
        ZoneField("level", .level, "a guide light", example: "3%", need: .required, \.level),
        ZoneField("colour", .colour, example: "1900K", absence: .shown("as the look"), \.colour),
        ZoneField("bars", .words(of: Standby.Bars.self), "which bars show a guide light", \.bars),
    ]
}
