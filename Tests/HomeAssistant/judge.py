"""Whether a real Home Assistant finds a house by itself, shows it, and is obeyed: what scripts/home-assistant-check calls.

Runs in the virtual environment of one release of Home Assistant. Says each step as it is done; ends with 1 where one isn't
as it should be.
"""

import argparse
import asyncio
import json
import shlex
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from house import NODES, ZONES, House, Processes
from server import HomeAssistant

# From the call to the state that answers it.
MOST_MILLISECONDS = 300
# Of these nothing is known until something happens.
MAY_BE_UNKNOWN = ("button.", "_command_holds_until", "_sensor_", "_refresh")


class Judge:
    """The steps, and what came of each."""

    def __init__(self, house, home):
        self.house = house
        self.home = home
        self.faults = []

    def step(self, name, is_so, found=""):
        print(f"{'ok  ' if is_so else 'FAIL'} {name}{': ' if found != '' else ''}{found}", flush=True)
        if not is_so:
            self.faults.append(name)

    async def until(self, condition, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = await condition()
            if found:
                return found
            await asyncio.sleep(0.3)
        return None

    async def state(self, entity):
        return (await self.home.states()).get(entity, {}).get("state")

    async def entity(self, kind, name, key):
        """The id of an entity."""
        return (await self.home.entities())[f"footlight_{House.site}_{kind}_{name}_{key}"]["entity_id"]

    # MARK: what is found

    async def found(self, zones, nodes):
        """Waits until all is there, with the states that the broker keeps."""
        wanted = {f"footlight_{House.site}_zone_{zone}_{key}" for zone in zones
                  for key in ["light", "motion", "reason", "until", "hold", "automatic"]}
        wanted |= {f"footlight_{House.site}_group_{zone}_{key}" for zone in zones
                   for key in ["problem", "in_service", "refresh"]}
        wanted |= {f"footlight_{House.site}_node_{node}_{key}" for node in nodes
                   for key in ["connectivity", "problem", "identify", "restart", "clock_error_bound", "late_frames"]}

        async def is_there():
            entities = await self.home.entities()
            if wanted - entities.keys():
                return None
            states = await self.home.states()
            ids = [entry["entity_id"] for entry in entities.values()]
            return all(self.is_known(entity, states.get(entity)) for entity in ids)

        is_so = await self.until(is_there, 60)
        entities, states = await self.home.entities(), await self.home.states()
        for unique, entry in sorted(entities.items()):
            print(f"       {entry['entity_id']:45} {states.get(entry['entity_id'], {}).get('state', 'not there')}")
        self.step(f"{len(entities)} entities, all available", is_so, sorted(wanted - entities.keys()) or "")

    @staticmethod
    def is_known(entity, state):
        if state is None or state["state"] == "unavailable":
            return False
        return state["state"] != "unknown" or any(part in entity for part in MAY_BE_UNKNOWN)

    async def look(self):
        """What is shown of lights."""
        states = await self.home.states()
        expected = {
            "stairs": ["color_temp", "rgb"], "hall": ["brightness"], "desk": ["color_temp"]}
        for zone, modes in expected.items():
            entity = await self.entity("zone", zone, "light")
            attributes = states[entity]["attributes"]
            shown = sorted(attributes["supported_color_modes"])
            self.step(f"{entity} can show {', '.join(modes)}", shown == modes, shown)
        attributes = states[await self.entity("zone", "stairs", "light")]["attributes"]
        least, most = attributes.get("min_color_temp_kelvin"), attributes.get("max_color_temp_kelvin")
        self.step("from candlelight to daylight", least <= 1800 and most >= 6500, f"{least} K to {most} K")
        devices = {device["name"]: device for device in await self.home.devices() if device["manufacturer"] == "Footlight"}
        self.step("devices", devices.keys() == ZONES.keys() | NODES.keys(), sorted(devices))

    # MARK: what is commanded

    async def command(self, name, entity, service, data, condition, domain="light"):
        # What was commanded before has come to rest.
        await asyncio.sleep(0.6)
        took = await self.home.echo(
            lambda state: state["entity_id"] == entity and condition(state),
            lambda: self.home.call(domain, service, entity, **data))
        self.step(f"{entity} {name}", took is not None and took <= MOST_MILLISECONDS, self.milliseconds(took))

    @staticmethod
    def milliseconds(took):
        return "no answer" if took is None else f"{took:.0f} ms"

    async def commands(self):
        def has(**wanted):
            return lambda state: all(state["attributes"].get(name) == value for name, value in wanted.items())

        def near(name, value, off):
            return lambda state: abs((state["attributes"].get(name) or 0) - value) <= off

        stairs, hall, desk = [await self.entity("zone", zone, "light") for zone in ["stairs", "hall", "desk"]]
        await self.command("on", stairs, "turn_on", {}, lambda state: state["state"] == "on")
        await self.command("brightness 128", stairs, "turn_on", {"brightness": 128}, has(brightness=128))
        await self.command("brightness 1", stairs, "turn_on", {"brightness": 1}, has(brightness=1))
        for kelvin in (1800, 2700, 4000, 6500):
            await self.command(
                f"{kelvin} K", stairs, "turn_on", {"color_temp_kelvin": kelvin},
                near("color_temp_kelvin", kelvin, kelvin / 150))
        await self.command("red", stairs, "turn_on", {"rgb_color": [255, 0, 0]}, has(rgb_color=[255, 0, 0]))
        await self.command("3000 K", desk, "turn_on", {"color_temp_kelvin": 3000}, near("color_temp_kelvin", 3000, 20))
        await self.command("brightness 200", hall, "turn_on", {"brightness": 200}, has(brightness=200))
        await self.command("off", hall, "turn_off", {}, lambda state: state["state"] == "off")
        await self.command("effect auto", stairs, "turn_on", {"effect": "auto"}, lambda state: state["state"] == "off")
        await self.command("on again", stairs, "turn_on", {"brightness": 255}, has(brightness=255))
        await self.transition(stairs)
        button = await self.entity("zone", "stairs", "automatic")
        took = await self.home.echo(
            lambda state: state["entity_id"] == stairs and state["state"] == "off",
            lambda: self.home.call("button", "press", button))
        self.step(f"{button} gives the light back", took is not None and took <= MOST_MILLISECONDS, self.milliseconds(took))

    async def transition(self, stairs):
        """Dimmed within two seconds, by the bar's own trace."""
        await asyncio.sleep(1)
        before = len(self.house.lights("stair-01"))
        await self.home.call("light", "turn_on", stairs, brightness=26, transition=2)
        await asyncio.sleep(3)
        shown = self.house.lights("stair-01")[before:]
        largest = max((a - b for a, b in zip(shown, shown[1:])), default=1)
        is_so = len(shown) > 50 and abs(shown[-1] - 26 / 255) < 0.01 and largest < 0.03
        self.step("dimmed by a transition of 2 s", is_so, f"{len(shown)} frames, the largest step {largest:.3f}")

    async def walk(self):
        motion, light = await self.entity("zone", "stairs", "motion"), await self.entity("zone", "stairs", "light")
        sensor = await self.entity("node", "stair-01", "sensor_bottom")
        for entity in (motion, sensor, light):
            await self.until(lambda: self.is_state(light, "off"), 15)
            button = await self.entity("zone", "stairs", "walk")
            took = await self.home.echo(
                lambda state: state["entity_id"] == entity and state["state"] == "on",
                lambda: self.home.call("button", "press", button))
            self.step(f"{button}: {entity} is on", took is not None and took <= MOST_MILLISECONDS, self.milliseconds(took))

    async def is_state(self, entity, wanted):
        return await self.state(entity) == wanted

    # MARK: what comes and goes

    async def group(self):
        """What the fleet agent makes of a node that is gone."""
        problem = await self.entity("group", "hall", "problem")
        self.step(f"{problem} is off", await self.until(lambda: self.is_state(problem, "off"), 60))
        self.house.kill("hall-01")
        self.step(f"killed: {problem} is on", await self.until(lambda: self.is_state(problem, "on"), 60))
        attributes = (await self.home.states())[problem]["attributes"]
        self.step("and says of which node", attributes.get("unhealthy") == ["hall-01"], attributes.get("unhealthy"))
        self.house.start("hall-01")
        self.step(f"back: {problem} is off", await self.until(lambda: self.is_state(problem, "off"), 60))

    async def measure(self):
        """A light sensor, and how long a command holds."""
        lux = await self.entity("node", "desk-01", "light_window")
        self.house.say("garden/lux", "12.5")
        self.step(f"{lux} is 12.5", await self.until(lambda: self.is_state(lux, "12.5"), 5))
        until = await self.entity("zone", "hall", "until")
        self.house.footlight("on", "hall", "--for", "5s")
        held = await self.until(lambda: self.holds(until), 5)
        over = await self.until(lambda: self.is_state(until, "unknown"), 10)
        self.step(f"{until} says until when, and then nothing", held and over, held)

    async def holds(self, entity):
        state = await self.state(entity)
        return state if state not in ("unknown", "unavailable", None) else None

    async def kill(self):
        """A node that is killed, and one that is back."""
        connectivity = await self.entity("node", "hall-01", "connectivity")
        problem, light = await self.entity("node", "hall-01", "problem"), await self.entity("zone", "hall", "light")
        stairs = await self.entity("zone", "stairs", "light")
        self.house.kill("hall-01")
        gone = await self.until(lambda: self.is_state(problem, "unavailable"), 30)
        self.step(f"killed: {problem} is unavailable", gone)
        self.step(f"killed: {connectivity} is off", await self.until(lambda: self.is_state(connectivity, "off"), 5))
        self.step(f"killed: {light} is unavailable", await self.until(lambda: self.is_state(light, "unavailable"), 5))
        self.step(f"killed: {stairs} isn't", await self.state(stairs) != "unavailable")
        self.house.start("hall-01")
        back = await self.until(lambda: self.is_state(problem, "off"), 30)
        self.step("back: it is available", back and await self.state(light) != "unavailable")
        # The keeper of a zone of two goes: the other keeps on.
        self.house.kill("stair-01")
        await asyncio.sleep(8)
        await self.command("on, its keeper gone", stairs, "turn_on", {"brightness": 99},
                           lambda state: state["attributes"].get("brightness") == 99)
        self.house.start("stair-01")

    async def restart(self):
        button = await self.entity("node", "stair-02", "restart")
        connectivity = await self.entity("node", "stair-02", "connectivity")
        await self.home.call("button", "press", button)
        self.step("restart: it ends", await self.until(lambda: self.is_state(connectivity, "off"), 20))
        self.house.start("stair-02")
        self.step("restart: it is back", await self.until(lambda: self.is_state(connectivity, "on"), 20))

    async def identify(self):
        before = len(self.house.lights("hall-01"))
        await self.home.call("button", "press", await self.entity("node", "hall-01", "identify"))
        await asyncio.sleep(3)
        shown = self.house.lights("hall-01")[before:]
        self.step("identify: the bar blinks", len(set(shown)) > 1, f"{len(shown)} frames")

    async def remove(self):
        """A zone that is taken out of the site file, and the site that is not to be found."""
        self.house.apply([zone for zone in ZONES if zone != "desk"])

        async def is_gone():
            return not any("_zone_desk_" in unique for unique in await self.home.entities())

        self.step("a zone that was removed goes", await self.until(is_gone, 20))
        self.house.apply(ZONES)

        async def is_back():
            return any("_zone_desk_light" in unique for unique in await self.home.entities())

        self.step("applied again it is back", await self.until(is_back, 20))

    async def rebirth(self):
        """Home Assistant starts again: all is there, from what the broker keeps."""
        await self.home.stop()
        if not await self.home.start():
            return self.step("Home Assistant starts again", False)
        await self.home.renew()
        await self.home.listen()
        await self.found(ZONES, NODES)

    async def switch_off(self):
        self.house.apply(ZONES, "homeAssistant: {discovery: false}\n")

        async def is_gone():
            return not await self.home.entities()

        self.step("switched off, nothing is left", await self.until(is_gone, 30), len(await self.home.entities()))


async def run(options, folder, processes):
    house = House(folder, options.programs, processes)
    for node in NODES:
        house.start(node)
    house.apply(ZONES)
    house.start_fleet()
    home = HomeAssistant(folder / "home-assistant", shlex.split(options.program), processes)
    judge = Judge(house, home)
    try:
        print("starting; the first time it installs what it needs", flush=True)
        if not await home.start():
            print(home.output.read_text(errors="replace")[-3000:])
            judge.step("Home Assistant starts", False)
            return judge.faults
        await home.log_in()
        await home.listen()
        await home.add_mqtt(house.port)
        await judge.found(ZONES, NODES)
        await judge.look()
        for part in (judge.commands, judge.walk, judge.measure, judge.identify, judge.group, judge.kill,
                     judge.restart, judge.remove, judge.rebirth, judge.switch_off):
            if not options.only or part.__name__ in options.only:
                await part()
        complaints = home.complaints()
        judge.step("its log has no warning of ours", not complaints, "\n  ".join(["", *complaints]))
    finally:
        await home.stop()
        if home.http:
            await home.http.close()
    return judge.faults


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programs", type=Path, required=True)
    parser.add_argument("--program", required=True, help="what starts Home Assistant")
    parser.add_argument("--keep", type=Path, help="a folder for logs and traces")
    parser.add_argument("--only", nargs="*", help="these steps only")
    options = parser.parse_args()
    options.programs = options.programs.resolve()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder, processes = Path(tempfile.mkdtemp(prefix="footlight-home-assistant-")), Processes()
    try:
        faults = asyncio.run(run(options, folder, processes))
    finally:
        processes.end_all()
        if options.keep:
            shutil.copytree(folder, options.keep, dirs_exist_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{len(faults)} of the steps failed: {json.dumps(faults)}" if faults else "all as it should be")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
