internal import ArgumentParser

/// `footlight fleet`
struct FleetCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fleet",
        abstract: "Looks at the fleet's groups, and says what is to become of nodes.",
        discussion: """
            A zone is a group of nodes that footlight-fleet looks after in the words of an
            Auto Scaling group (docs/fleet.md). What changes something asks the fleet
            agent that leads, and says what will happen; it doesn't ask back.

            EXAMPLES
              footlight fleet describe
              footlight fleet activities stairs
              footlight fleet standby stair-03          # to work on it
              footlight fleet refresh start stairs --to 1.2.0 --wait
            """,
        subcommands: [
            FleetDescribe.self, FleetActivities.self, FleetStandby.self, FleetInService.self, FleetSetHealth.self,
            FleetSuspend.self, FleetResume.self, FleetRefresh.self, FleetScheduledActions.self, FleetSleep.self,
            FleetWake.self,
        ])
}
