import Glibc
import Hardware
import MQTT
import Platform
import Processes
import TestSupport

/// A cable between the first lines of a simulated chip: where one is driven low, the others are pulled low.
///
/// A simulated line has one holder, so that a thread plays the copper: the kernel tells it who drives (the chip's watch
/// for line information), and it moves the others' pulls. It is late by what that takes, and the simulated chip stamps edges
/// with the kernel's next tick, up to 10 ms later on a busy machine: one more line, which follows the wire, shows by how
/// much. ``delays`` has both.
final class WiredAnd: Sendable {
    /// - Source: linux/gpio.h: GPIO_V2_GET_LINEINFO_WATCH_IOCTL, `struct gpio_v2_line_info` (256 bytes; `offset` at 64,
    ///   `flags` at 72), `struct gpio_v2_line_info_changed` (288 bytes; `timestamp_ns` at 256).
    private static let watch: UInt = 0xC100_B406
    private static let isOutput: UInt64 = 1 << 3

    /// A line that was driven low, from when to when by the kernel's stamps, nanoseconds of the monotonic clock.
    struct Pull {
        let line: Int
        let began: Int64
        let ended: Int64
        var width: Int64 { ended - began }
    }

    private struct State {
        var isOver = false
        var isDone = false
        var delays: [Int64] = []
        var pulls: [Pull] = []
    }
    private let state = Monitor(State())

    /// Joins the lines 0 to `lines` - 1 of `chip`, which nothing drives yet. The next one must be free.
    init(_ chip: SimulatedChip, lines: Int) throws {
        let descriptor = open("/dev/\(chip.name)", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw TestFailure("can't open \(chip.name)") }
        for line in 0..<lines {
            var information = [UInt8](repeating: 0, count: 256)
            information.withUnsafeMutableBytes { $0.storeBytes(of: UInt32(line), toByteOffset: 64, as: UInt32.self) }
            guard ioctl(descriptor, WiredAnd.watch, &information) == 0 else {
                throw TestFailure("can't watch line \(line): \(String(cString: strerror(errno)))")
            }
            try chip.pull(line, true)
        }
        try chip.pull(lines, true)
        let state = state
        let started = DetachedThread.start {
            // Copper goes before all programs.
            var priority = sched_param(sched_priority: 50)
            sched_setscheduler(0, SCHED_FIFO, &priority)
            var drives = [Bool](repeating: false, count: lines)
            var pulls = drives
            var began = [Int64](repeating: 0, count: lines)
            let witness = try? GPIOLine.input(.offset(UInt32(lines), chip: chip.name), bias: .asIs, consumer: "witness")
            var moves: [(at: Int64, isHigh: Bool)] = []
            var isLow = false
            while let witness, !state.change({ $0.isOver }) {
                var entries = [descriptor, witness.descriptor].map {
                    pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
                }
                guard poll(&entries, 2, 50) > 0 else { continue }
                while let edge = try? witness.nextEdge() {
                    // What it belongs to; what came before that was merged with another, and seen by nobody.
                    guard let move = moves.lastIndex(where: { $0.isHigh == edge.isActive && $0.at <= edge.instant })
                    else { continue }
                    let late = edge.instant - moves[0].at
                    moves.removeFirst(move + 1)
                    state.change { $0.delays.append(late) }
                }
                guard entries[0].revents != 0 else { continue }
                var change = [UInt8](repeating: 0, count: 288)
                guard read(descriptor, &change, change.count) == change.count else { break }
                let (line, flags, stamp) = change.withUnsafeBytes {
                    (
                        Int($0.load(fromByteOffset: 64, as: UInt32.self)), $0.load(fromByteOffset: 72, as: UInt64.self),
                        Int64($0.load(fromByteOffset: 256, as: UInt64.self))
                    )
                }
                let isReleased = change.withUnsafeBytes { $0.load(fromByteOffset: 264, as: UInt32.self) } == 2
                let isDriven = !isReleased && flags & WiredAnd.isOutput != 0
                if isDriven, !drives[line] { began[line] = stamp }
                if !isDriven, drives[line] {
                    let pull = Pull(line: line, began: began[line], ended: stamp)
                    state.change { $0.pulls.append(pull) }
                }
                drives[line] = isDriven
                var moved = false
                for other in 0..<lines {
                    let low = drives.indices.contains { $0 != other && drives[$0] }
                    guard low != pulls[other] else { continue }
                    pulls[other] = low
                    try? chip.pull(other, !low)
                    moved = true
                }
                if isLow != drives.contains(true) {
                    isLow.toggle()
                    moves.append((MonotonicClock.now, !isLow))
                    try? chip.pull(lines, !isLow)
                }
                if moved { state.change { $0.delays.append(MonotonicClock.now - stamp) } }
            }
            close(descriptor)
            state.change { $0.isDone = true }
        }
        guard started else { throw TestFailure("no thread") }
    }

    /// How late the other lines followed, and how late their edges were stamped, nanoseconds.
    var delays: [Int64] { state.change { $0.delays } }

    /// The pulls that have ended, by their ends.
    var pulls: [Pull] { state.change { $0.pulls } }

    /// Cuts the cable, and waits until its thread is gone.
    func cut() throws {
        state.change { $0.isOver = true }
        guard state.wait(within: .seconds(5), for: { $0.isDone ? true : nil }) != nil else {
            throw TestFailure("the cable's thread goes on")
        }
    }
}
