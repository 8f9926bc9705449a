"""Has an agent light a bar by Art-Net, and reads from olad what came: what scripts/ola-check calls, in a network
namespace of its own.

olad, a mosquitto and the agent have a temporary folder, and are ended by their process ids, whatever happens.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

# 200 LEDs of three slots: 170 fit in a universe's 512 slots.
SLOTS = {1: 510, 2: 90}
HOLD = 5
# Steps by which LEDs of one colour differ: what a step is too coarse for is dithered over neighbours.
DITHERING = 1
AGENT = """site: home
node: lamp
brokers: ["{broker}"]
state: {folder}/state
bars: [{{name: bar, channels: rgb, output: {{driver: artnet, host: 127.0.0.1, universe: 1, leds: 200}}}}]
sensors: [{{name: eye, input: simulated}}]
"""
SITE = f"""site: home
zones:
  hall: {{bars: [lamp], sensors: {{lamp/eye: first}}, hold: {HOLD}s, look: {{brightness: 100%, colour: 6500K}}}}
"""
# All that olad knows beside Art-Net.
OTHERS = (
    "dummy e131 espnet ftdidmx gpio karate kinet milinst opendmx openpixelcontrol osc pathport renard sandnet shownet"
    " spi stageprofi uartdmx usbdmx usbserial").split()


class Failure(Exception):
    """What isn't as it should be."""


def say(text):
    print(f"ola-check: {text}", flush=True)


def is_open(port):
    with socket.socket() as client:
        client.settimeout(1)
        return client.connect_ex(("127.0.0.1", port)) == 0


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Check:
    def __init__(self, programs, folder):
        self.programs = programs
        self.folder = folder
        self.started = {}
        self.broker = f"mqtt://127.0.0.1:{free_port()}"

    def start(self, name, *command, **options):
        with open(self.folder / f"{name}.log", "wb") as log:
            self.started[name] = subprocess.Popen(
                [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, **options)

    def end(self):
        for process in reversed(self.started.values()):
            process.terminate()
        for process in self.started.values():
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def until(self, condition, seconds, failure):
        """Waits for a condition; fails with what `failure` says if it doesn't come true within so many seconds."""
        end = time.monotonic() + seconds
        while not condition():
            for name, process in self.started.items():
                if process.poll() is not None:
                    raise Failure(f"{name} ended by itself, with {process.returncode}")
            if time.monotonic() >= end:
                raise Failure(f"{failure()}, after {seconds} s")
            time.sleep(0.02)

    def logs(self):
        """The ends of what the processes said."""
        for name in self.started:
            text = (self.folder / f"{name}.log").read_text(errors="replace")
            yield f"{name} said, at last:\n" + "\n".join(text.splitlines()[-12:])

    def start_olad(self):
        home = self.folder / "ola"
        home.mkdir()
        for plugin in OTHERS:
            (home / f"ola-{plugin}.conf").write_text("enabled = false\n")
        (home / "ola-artnet.conf").write_text("enabled = true\nuse_loopback = true\n")
        # It doesn't run as root.
        nobody = {}
        if os.geteuid() == 0:
            nobody = {"user": 65534, "group": 65534, "extra_groups": []}
            self.folder.chmod(0o711)
            for path in [home, *home.iterdir()]:
                os.chown(path, 65534, 65534)
        self.start(
            "olad", "olad", "-c", home, "--no-register-with-dns-sd", "-l", "3", env={**os.environ, "HOME": str(home)},
            **nobody)
        # Its commands would start an olad of their own where there is none.
        self.until(lambda: is_open(9010) and is_open(9090), 20, lambda: "olad takes no connections")
        self.until(self.device, 20, lambda: "olad has no device for Art-Net")
        for port, universe in enumerate(SLOTS):
            subprocess.run(["ola_patch", "-d", self.device(), "-p", str(port), "-u", str(universe), "-i"], check=True)
        log = (self.folder / "olad.log").read_text(errors="replace")
        version = log.partition("OLA Daemon version ")[2].split("\n")[0] or "of a version that it doesn't say"
        say(f"olad {version} takes Art-Net for universes 1 and 2")

    def device(self):
        said = subprocess.run(["ola_dev_info"], capture_output=True, text=True).stdout
        return next((line.split()[1].rstrip(":") for line in said.splitlines() if "ArtNet" in line), None)

    def start_broker(self):
        port = self.broker.rpartition(":")[2]
        user = "user root\n" if os.geteuid() == 0 else ""
        path = self.folder / "mosquitto.conf"
        path.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\n{user}")
        self.start("mosquitto", "mosquitto", "-c", path)
        self.until(lambda: is_open(int(port)), 20, lambda: "mosquitto takes no connections")

    def start_agent(self):
        (self.folder / "state").mkdir()
        path = self.folder / "lamp.yaml"
        path.write_text(AGENT.format(broker=self.broker, folder=self.folder))
        self.start("footlight-agent", self.programs / "footlight-agent", "--config", path)
        log = self.folder / "footlight-agent.log"
        self.until(
            lambda: f"connected to {self.broker}" in log.read_text(errors="replace"), 40,
            lambda: "the agent hasn't connected")

    def footlight(self, *arguments):
        done = subprocess.run(
            [self.programs / "footlight", *arguments, "--broker", self.broker, "--site", "home"], capture_output=True,
            text=True, timeout=60)
        if done.returncode:
            raise Failure(f"footlight {arguments[0]} ended with {done.returncode}: {done.stderr.strip()}")

    @staticmethod
    def slots(universe):
        """What a universe shows, as olad has it; nothing before the first packet."""
        with urllib.request.urlopen(f"http://127.0.0.1:9090/get_dmx?u={universe}", timeout=5) as answer:
            return json.load(answer)["dmx"]

    def colours(self, universe):
        """The colours of a universe's LEDs, each once; none where it hasn't as many slots as it should."""
        slots = self.slots(universe)
        if len(slots) != SLOTS[universe]:
            return set()
        return {tuple(slots[first:first + 3]) for first in range(0, len(slots), 3)}

    def found(self):
        """What the universes show, in words, for who reads that it is something else than it should be."""
        parts = []
        for universe, expected in SLOTS.items():
            slots = self.slots(universe)
            colours = {tuple(slots[first:first + 3]) for first in range(0, len(slots), 3)}
            parts.append(f"universe {universe} has {len(slots)} slots of {expected}, colours {sorted(colours)[:5]}")
        return "; ".join(parts)

    def is_dark(self):
        return all(self.colours(universe) == {(0, 0, 0)} for universe in SLOTS)

    def is_lit(self):
        """Whether all LEDs of both universes have one colour, and keep it."""
        before = [self.colours(universe) for universe in SLOTS]
        time.sleep(0.2)
        after = [self.colours(universe) for universe in SLOTS]
        return before == after and all(after) and all(
            0 < min(values) and max(values) - min(values) <= DITHERING for values in zip(*set().union(*after)))

    def run(self):
        say("starting olad, mosquitto and an agent, which takes some seconds")
        self.start_olad()
        self.start_broker()
        self.start_agent()
        site = self.folder / "site.yaml"
        site.write_text(SITE)
        self.footlight("apply", site)
        self.until(self.is_dark, 10, lambda: f"olad doesn't show the bar's two universes, dark: {self.found()}")
        say("dark at first: universe 1 has 170 LEDs in 510 slots, universe 2 has 30 in 90, all 0")
        self.footlight("trigger", "lamp/eye")
        began = time.monotonic()
        self.until(self.is_lit, HOLD, lambda: f"it isn't lit alike: {self.found()}")
        colour = [f"{min(values)}…{max(values)}" for values in zip(*self.colours(1), *self.colours(2))]
        say(f"lit by the trigger: 170 LEDs of universe 1 and 30 of universe 2, all at {', '.join(colour)}")
        say(f"waiting until it is dark: the hold is {HOLD} s")
        self.until(self.is_dark, HOLD + 10, lambda: f"it isn't dark after the hold: {self.found()}")
        took = time.monotonic() - began
        if took < HOLD - 1:
            raise Failure(f"it is dark after {took:.1f} s already, of a hold of {HOLD} s")
        say(f"dark again after {took:.1f} s: all slots of both universes are 0")


def main():
    # Whatever ends this ends what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = Path(tempfile.mkdtemp(prefix="footlight-ola-"))
    check = Check(Path(sys.argv[1]), folder)
    try:
        check.run()
    except (Failure, OSError, subprocess.SubprocessError) as failure:
        for log in check.logs():
            print(log, file=sys.stderr)
        print(f"ola-check: {failure}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        check.end()
        shutil.rmtree(folder, ignore_errors=True)
    say("all is well")


main()
