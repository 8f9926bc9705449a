"""A house for Home Assistant to find: a real broker, real agents with bars that write traces, and the command line.

All of it listens on free ports of loopback, has a temporary folder of its own, and is ended by its process ids.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import time

# Debian keeps servers where a user's path doesn't lead.
os.environ["PATH"] += ":/usr/sbin:/sbin"

# Of each kind of light, and of each kind of sensor, one.
NODES = {
    "stair-01": "bars: [{name: bar, channels: rgb, output: {driver: trace, path: TRACE}}]\n"
    "sensors: [{name: bottom, input: simulated}]\n",
    "stair-02": "bars: [{name: bar, channels: rgb, output: {driver: trace, path: TRACE}}]\n",
    "hall-01": "bars: [{name: bar, channels: white, output: {driver: trace, path: TRACE}}]\n",
    "desk-01": "bars: [{name: bar, channels: warm-cold, output: {driver: trace, path: TRACE}}]\n"
    "sensors: [{name: hand, input: simulated}]\n"
    "lightSensors: [{name: window, input: {driver: mqtt, topic: garden/lux}}]\n",
}
ZONES = {
    "stairs": "{bars: [stair-01, stair-02], sensors: {stair-01/bottom: first}, hold: 5s,"
    " look: {brightness: 60%, colour: 2700K, easeIn: 200ms, easeOut: 200ms}, wave: {delay: 50ms}}",
    "hall": "{bars: [hall-01], sensors: {}, hold: 5s, look: {brightness: 60%, easeIn: 200ms, easeOut: 200ms}}",
    "desk": "{bars: [desk-01], sensors: {desk-01/hand: first}, hold: 5s,"
    " look: {brightness: 60%, easeIn: 200ms, easeOut: 200ms}}",
}


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def until(condition, seconds, interval=0.1):
    """Whether a condition comes true within so many seconds."""
    end = time.monotonic() + seconds
    while True:
        if condition():
            return True
        if time.monotonic() >= end:
            return False
        time.sleep(interval)


class Processes:
    """What was started, each in a session of its own, so that its children end with it."""

    def __init__(self):
        self.all = []

    def start(self, log, *command, **environment):
        with open(log, "ab") as output:
            process = subprocess.Popen(
                [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True, env={**os.environ, **environment})
        self.all.append(process)
        return process

    def end(self, process, number=signal.SIGTERM, seconds=20):
        """Ends one, and what it left behind."""
        for sign in (number, signal.SIGKILL):
            try:
                os.killpg(process.pid, sign)
            except ProcessLookupError:
                pass
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                pass
        if process in self.all:
            self.all.remove(process)

    def end_all(self):
        for process in list(reversed(self.all)):
            self.end(process)


class House:
    """The broker, the nodes, and what is applied."""

    site = "home"

    def __init__(self, folder, programs, processes):
        self.folder = folder
        self.programs = programs
        self.processes = processes
        self.port = free_port()
        self.address = f"mqtt://127.0.0.1:{self.port}"
        self.agents = {}
        user = "user root\n" if os.geteuid() == 0 else ""
        configuration = folder / "mosquitto.conf"
        configuration.write_text(f"listener {self.port} 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\n{user}")
        mosquitto = shutil.which("mosquitto")
        if not mosquitto:
            raise SystemExit("there is no mosquitto here: apt-get install mosquitto")
        processes.start(folder / "mosquitto.log", mosquitto, "-c", configuration)
        if not until(self.is_open, 10):
            raise SystemExit(f"mosquitto takes no connections: {(folder / 'mosquitto.log').read_text()}")
        for node, parts in NODES.items():
            (folder / f"state-{node}").mkdir()
            parts = parts.replace("TRACE", str(folder / f"{node}.jsonl"))
            (folder / f"{node}.yaml").write_text(
                f"site: {self.site}\nnode: {node}\nbrokers: ['{self.address}']\nstate: {folder}/state-{node}\n{parts}")

        (folder / "state-fleet").mkdir()
        (folder / "fleet.yaml").write_text(
            f"site: {self.site}\nid: fleet-a\nbrokers: ['{self.address}']\nstate: {folder}/state-fleet\n"
            "health: {interval: 2s, timeout: 1s, healthCheckGracePeriod: 2s}\n")

    def is_open(self):
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self.port)) == 0

    def start(self, node):
        program = self.programs / "footlight-agent"
        self.agents[node] = self.processes.start(
            self.folder / f"{node}.log", program, "--config", self.folder / f"{node}.yaml")

    def start_fleet(self):
        self.processes.start(
            self.folder / "fleet.log", self.programs / "footlight-fleet", "--config", self.folder / "fleet.yaml")

    def kill(self, node):
        """Without a farewell: it is for the will to tell."""
        self.processes.end(self.agents.pop(node), signal.SIGKILL)

    def footlight(self, *arguments):
        done = subprocess.run(
            [self.programs / "footlight", *arguments, "--broker", self.address], capture_output=True, text=True,
            timeout=60, env={**os.environ, "FOOTLIGHT_SITE": self.site})
        if done.returncode:
            raise SystemExit(f"footlight {' '.join(arguments)}: {done.returncode}: {done.stderr.strip()}")
        return done.stdout

    def apply(self, zones, more=""):
        text = f"site: {self.site}\n{more}zones:\n" + "".join(f"  {zone}: {ZONES[zone]}\n" for zone in zones)
        (self.folder / "site.yaml").write_text(text)
        return self.footlight("apply", str(self.folder / "site.yaml"))

    def say(self, topic, payload):
        subprocess.run(
            ["mosquitto_pub", "-h", "127.0.0.1", "-p", str(self.port), "-t", topic, "-m", payload], check=True, timeout=10)

    def kept(self, topic):
        """What the broker keeps there; nothing: the empty text."""
        return subprocess.run(
            ["mosquitto_sub", "-h", "127.0.0.1", "-p", str(self.port), "-t", topic, "-C", "1", "-W", "1"],
            capture_output=True, text=True, timeout=10).stdout.strip()

    def lights(self, node):
        """The lightnesses that a node's bar has shown."""
        path = self.folder / f"{node}.jsonl"
        lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
        return [json.loads(line)["lightness"] for line in lines]
