internal import Glibc

/// What the doctor asks of a board for one driver or another.
extension Board {
    /// A folder that is to be written to.
    package func folder(_ check: String, _ path: String) -> Finding {
        switch obstacle(path, .write) {
        case 0: .fine(check, "\(path) can be written to")
        case ENOENT: .fault(check, "\(path) isn't there", remedy: "Make it: sudo install -d -o footlight \(path)")
        case let number:
            .fault(
                check, "\(path) can't be written to by \(Board.user) (\(String(cString: strerror(number))))",
                remedy: "Give it to the agent's user: sudo chown footlight \(path)")
        }
    }

    /// An SPI bus.
    ///
    /// - Parameter bytesAtOnce: the bytes of a frame that must go out in one piece; nil: it need not.
    package func spi(_ check: String, _ device: String, bytesAtOnce: Int?) -> Finding {
        let number = obstacle(device, .write)
        guard number == 0 else {
            return .fault(check, SPIDevice.failure(number, at: device))
        }
        let size = text(SPIDevice.bufferSizePath).flatMap { Int($0) } ?? SPIDevice.defaultBufferSize
        if let bytesAtOnce, bytesAtOnce > size {
            return .fault(check, SPIDevice.tooLong(bytesAtOnce, bufferSize: size, at: device))
        }
        let frame = bytesAtOnce.map { ", and takes its frame of \($0) bytes at once" } ?? ""
        return .fine(check, "\(device) can be written to\(frame)")
    }

    /// A device that isn't there, beside those that are.
    func missing(_ check: String, _ what: String, among there: [String], remedy: String) -> Finding {
        let others = there.isEmpty ? "" : "; there is \(there.joined(separator: ", "))"
        return .fault(check, "\(what) isn't there\(others)", remedy: remedy)
    }

    /// A file of the kernel's that is to be written to.
    package func writable(_ check: String, _ path: String, _ what: String, group: String) -> Finding {
        switch obstacle(path, .write) {
        case 0: .fine(check, "\(what), is there, and can be written to")
        case let number:
            .fault(
                check, HardwareError(errno: number, at: path, ifMissing: "load the driver anew", group: group))
        }
    }
}

extension Finding {
    /// A fault whose sentence has its remedy behind a semicolon.
    package static func fault(_ check: String, _ error: HardwareError) -> Finding {
        let parts = error.description.split(separator: "; ", maxSplits: 1).map(String.init)
        return .fault(check, parts[0], remedy: parts.count > 1 ? parts[1] : "See the agent's log")
    }

    /// A host on the network: is there a way to it? Nothing is sent.
    package static func way(_ check: String, to host: String, port: UInt16) -> Finding {
        do throws(HardwareError) {
            try UDPSender(hosts: [host], port: port).findWay()
            return .fine(check, "there is a way to \(host); whether it listens, the light says")
        } catch {
            return .fault(check, error)
        }
    }
}
