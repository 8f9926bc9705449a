/// A rule that must hold after every event.
///
/// `D` is the time that news needs at most in a network that works: two of the longest delays of a packet (to the broker
/// and from it), the zone's lead, its whole wave, and the error of two clocks. A node is *ready* while it runs, its
/// connection is up at both ends, its link carries packets, and all that the broker kept for it has had the time to come.
public enum Invariant: String, Sendable, Hashable, CaseIterable {
    /// Never dark while anyone moves. A bar can *know* of a motion at `u` if its own node has the sensor, or if both
    /// nodes were ready all the time from `u` until `u + D`, and both went by the present configuration. From then on
    /// until the zone's hold after the last motion that it can know of, it gives light. Not so for a sensor that counts
    /// as stuck (also by what is known from before its node's start), in a zone that is lit in the dark only where nobody
    /// can be sure that the sensor's node knew it was dark, under a manual command, and of others' sensors after the node's
    /// mesh time was stepped, until they speak again, or theirs by over a second. Of a sensor whose node was cut off or died while it saw somebody, others know only as much as its last renewal
    /// told: 10 s or half the hold less.
    case lit
    /// Never lit for ever. A bar whose node is ready is dark after the last motion in its zones (a stuck sensor's ends
    /// with its limit; motion by day lights no zone that is lit in the dark only; 45 s after the network last changed, if that is later: by then the broker has told of who is
    /// gone), the hold, the wave both ways, both eases, and `D`. A bar that isn't in any zone is dark, too; so is one
    /// of another site on the same broker, where nobody moves. A bar without a connection is dark the hold and 26 s after
    /// the last that it was told, unless its node's own sensors see somebody.
    case dark
    /// A guide light and no more while nobody is there, in the dark, once all is mended: on the bars that have one.
    case guideLight
    /// No level jumps: between two frames it changes by no more than twice the mean slope of the shortest ease, or of
    /// the catch-up of 200 ms if that is quicker. Excepted are a fresh start (until a second after the broker's retained
    /// messages came, or the node's own sensor saw somebody), and an ease of zero.
    case jump
    /// Together: in a calm network each bar's first light comes at the instant that follows from the sensor's edge, the
    /// lead and the bar's distance, within the sum of the error bounds of the two clocks; if the message came by then, and
    /// the bar's clock wasn't stepped since the edge.
    case firstLight
    /// Going off begins at the last motion plus the hold, and runs from the end that the person came from (`follow`),
    /// to it (`reverse`) or at once (`together`), within the same bounds, and any two bars within theirs. Twice the bound of
    /// the sensors' nodes is added where the two go by two clocks, of which one is the other's heir (a bound says how far a
    /// node is off the clock that it names), and where a sensor's node had its clock stepped since the first edge: what it
    /// said was said anew, and one bar may have gone off by the old words.
    case goingOff
    /// Once quiet (no change of the network for 45 s and the hold, no edge for `D`), all nodes of a zone that are ready
    /// agree on the activation in every field, and on the configuration.
    case agreement
    /// Once quiet, each zone with a node that is ready has exactly one keeper.
    case keeper
    /// One broker: where nodes list several, those of a zone that are ready are at one of them, 60 s after anything but
    /// their own moves last changed who hears whom.
    case oneBroker
    /// All restored: once all is mended, every node is connected again, and the broker has every node's status, every
    /// bar's report, the registers, the newest configurations and the zones' states, even though it lost its memory.
    case restored
    /// The newest word: once all is mended, that of each writer holds at the broker and at all nodes, whatever the
    /// broker lost: each zone's last manual command (unless it was given by a clock that is ahead of the present one),
    /// the list of zones, what was said of a node's places; and a zone that was removed is nowhere.
    case newest
    /// No command left: once all is mended, `auto` ends every manual command.
    case command
    /// A node's mesh time goes with its crystal, but for what it says: once it goes by the mesh's, it steps only over more
    /// than a second, or than 20 ms while the node is dark. It is within its error bound of the clock that it names, and any
    /// two nodes that go by the same clock, or by one and its heir, are within the sum of theirs.
    /// When all is mended, every node knows the time; 150 s (and ten of the longest delays) after the network or a clock of the
    /// site, or the zone's configuration, last changed, all nodes of a zone that are ready go by one clock.
    case clock
    /// Bars of a zone are as bright as the time of day wants, all by the same: nodes that are ready and go by one clock add the
    /// same to it, at all times but for twice the error of two clocks and 50 ms when they take up another. Not so where one
    /// of them, or whose clock it is, came, went or changed its clock less than 10 s and four of the longest delays ago; nor of halves whose references both act, for
    /// as long as ``clock`` gives them to go by one. When all is
    /// mended, and a node knows the time of day (one that a time server keeps), all that go by its clock are within
    /// 3 s of it.
    case timeOfDay
    /// Sound inside: what must hold of a node's own state after every event, whatever happened to it (`checkInvariants`): no
    /// plan is forgotten, no frame shown that rests on what isn't so any more, nothing counted that isn't there.
    case sound
    /// A node at rest is at rest: it isn't woken thousands of times a second.
    case idle
}
