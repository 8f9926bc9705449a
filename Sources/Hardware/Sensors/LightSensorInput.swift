public import Mesh

/// A driver that reads a light sensor, with the fields that the file gives it.
public enum LightSensorInput: Sendable, Hashable {
    /// A device of the kernel's IIO class, by its name (`al3320a`, `bh1750`) or its folder's (`iio:device0`).
    case iio(device: String)
    /// Any maker's sensor that says lux on a topic: in the field of a JSON payload at a path, or as the whole payload.
    case mqtt(topic: String, field: JSONPath, availability: AvailabilityInput? = nil)
}
