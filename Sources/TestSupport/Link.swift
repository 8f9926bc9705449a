import Glibc
import MQTT
import Platform
import Processes

/// A TCP link to a port that can be cut and joined again, and that may be slow one way: what goes in meanwhile waits, as
/// when a network is down and nobody says so.
public final class Link: Sendable {
    private struct State: Sendable {
        var isCut = false
        var isSevered = false
        var delay = Duration.zero
        var isEnding = false
        var open: Set<Int32> = []
    }

    /// The port to connect to in the stead of the other.
    public let port: UInt16
    private let listener: Int32
    private let state = Monitor(State())

    /// A link to `target`.
    public init(to target: UInt16) throws {
        port = try FreePort.next()
        listener = try Loopback.listen(port: port, backlog: 64)
        let (listener, state) = (listener, state)
        _ = DetachedThread.start {
            while true {
                let near = accept(listener, nil, nil)
                guard near >= 0 else { break }
                if state.change({ $0.isSevered }) {
                    close(near)
                    continue
                }
                guard let far = try? Loopback.newSocket() else { break }
                guard Loopback.withAddress(target, { connect(far, $0, $1) }) == 0,
                    state.change({ state in
                        if !state.isEnding { state.open.formUnion([near, far]) }
                        return !state.isEnding
                    })
                else {
                    close(near)
                    close(far)
                    continue
                }
                Link.carry(from: near, to: far, isSlow: false, state)
                Link.carry(from: far, to: near, isSlow: true, state)
            }
            close(listener)
        }
    }

    deinit {
        state.change {
            $0.isEnding = true
            for socket in $0.open { shutdown(socket, Int32(SHUT_RDWR)) }
        }
        shutdown(listener, Int32(SHUT_RDWR))
    }

    /// From now on nothing passes.
    public func cut() { state.change { $0.isCut = true } }

    /// Ends all connections, and from now on each as soon as it is made: both ends know at once.
    public func sever() {
        state.change {
            $0.isSevered = true
            for socket in $0.open { shutdown(socket, Int32(SHUT_RDWR)) }
        }
    }

    /// Lets pass what waited, and all that follows.
    public func join() {
        state.change {
            $0.isCut = false
            $0.isSevered = false
        }
    }

    /// Delays all that the target sends from now on.
    public func slow(by delay: Duration) { state.change { $0.delay = delay } }

    /// Carries one way on a thread of its own. What was read at once travels together.
    private static func carry(from: Int32, to: Int32, isSlow: Bool, _ state: Monitor<State>) {
        var one: Int32 = 1
        setsockopt(to, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        let isStarted = DetachedThread.start {
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = read(from, &buffer, buffer.count)
                guard count > 0 else { break }
                let delay = isSlow ? state.change { $0.delay } : .zero
                let due = Deadline(delay)
                // Bytes that follow wait behind these: a slow link, whose rate this is, is no matter here.
                let isEnded = state.wait(within: .seconds(3600)) { state -> Bool? in
                    state.isEnding ? true : state.isCut ? nil : false
                }
                guard isEnded == false else { break }
                if delay > .zero { usleep(UInt32(due.millisecondsLeft) * 1000) }
                var sent = 0
                while sent < count {
                    let more = buffer.withUnsafeBytes {
                        send(to, $0.baseAddress.map { $0 + sent }, count - sent, Int32(MSG_NOSIGNAL))
                    }
                    guard more > 0 else { break }
                    sent += more
                }
                guard sent == count else { break }
            }
            // Each way closes its own end for writing; the last one closes both.
            shutdown(to, Int32(SHUT_WR))
            shutdown(from, Int32(SHUT_RD))
            state.change { state in
                if state.open.remove(from) != nil { close(from) }
            }
        }
        if !isStarted { shutdown(to, Int32(SHUT_RDWR)) }
    }
}
