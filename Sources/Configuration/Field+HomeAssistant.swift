internal import Documents
internal import Mesh

extension Field {
    /// How Home Assistant finds the site: `.some(nil)` where it is not to; nil, and a fault, where that can't be read.
    func homeAssistant() -> HomeAssistantSettings?? {
        let example = "{discovery: true, prefix: homeassistant}"
        guard let fields = fields(["discovery", "prefix"], example: example) else { return nil }
        let yesNo = [("true", true), ("false", false)].map { (name: $0.0, value: $0.1) }
        let discovery = fields.optional("discovery", usual: true) {
            $0.choice("whether Home Assistant finds the site by itself", of: yesNo)
        }
        let settings = fields.optional("prefix", usual: .usual) { $0.discoveryPrefix() }
        guard let discovery, let settings else { return nil }
        return .some(discovery ? settings : nil)
    }

    private func discoveryPrefix() -> HomeAssistantSettings? {
        let example = HomeAssistantSettings.usualPrefix
        guard let text = text("a prefix", example: example) else { return nil }
        if let settings = HomeAssistantSettings(prefix: text) { return settings }
        fail(
            .malformed, "can't stand at the beginning of a topic",
            allowed: "a prefix is \(HomeAssistantSettings.rule)", remedy: write(example))
        return nil
    }
}
