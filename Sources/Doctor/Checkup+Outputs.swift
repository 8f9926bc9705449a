internal import Hardware
internal import Lighting
internal import NodeFile

extension Checkup {
    /// What the bars' light goes out by: is it there, may the agent use it, and is it what the file says?
    func outputs() -> [Finding] {
        file.nodes.flatMap { node -> [Finding] in
            let made = NodeOutputs(node.bars, node: node.name, site: file.site)
            return made.outputs.indices.flatMap { index -> [Finding] in
                let bars = zip(node.bars, made.places).filter { $0.1.output == index }.map(\.0)
                guard let bar = bars.first else { return [] }
                let check = (bars.count > 1 ? "bars " : "bar ") + bars.map(\.name).joined(separator: ", ")
                return bar.output.driver.findings(
                    check, of: made.outputs[index],
                    for: BarPlace(site: file.site, node: node.name, bar: bar.name, channels: bar.channels), on: board)
            }
        }
    }

    /// The light sensors: are they there, and do they say how bright it is?
    func lights() -> [Finding] {
        file.nodes.flatMap(\.lightSensors).compactMap { sensor in
            let check = "light sensor \(sensor.name)"
            guard case .iio(let device) = sensor.input else { return nil }
            do throws(HardwareError) {
                let lux = try LightSensors.look(at: device, root: board.root)
                return .fine(check, "\(device) says \((lux * 10).rounded() / 10) lx")
            } catch {
                return .fault(check, error)
            }
        }
    }
}
