package import Lighting

/// A bar's place in the site, and its channels.
package struct BarPlace: Sendable, Hashable {
    package var site: String
    package var node: String
    package var bar: String
    package var channels: ChannelSet

    package init(site: String, node: String, bar: String, channels: ChannelSet) {
        self.site = site
        self.node = node
        self.bar = bar
        self.channels = channels
    }
}
