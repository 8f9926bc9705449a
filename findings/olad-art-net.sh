#!/usr/bin/env bash
# olad 0.10.9 (Debian 12's package ola, 0.10.9.nojsmin-2), the Open Lighting Architecture's daemon, receiving Art-Net.
#
# Guess: it takes ArtDmx of protocol version 15 as it takes that of 14: Art-Net tells receivers to test for
# "ProtVer >= 14" (art-net.org.uk, ProtVer in "ArtPoll" and in "ArtNzs Packet Definition").
# Behaviour: 14 is taken, 15 dropped: it wants just 14, and its log says "ArtDmx version mismatch, was 15".
#
# Guess: it drops packets from the address that it has itself, as who also sends Art-Net hears its own broadcasts.
# Behaviour: it takes them. So a sender can be tried on olad's own machine, by the loopback.
#
# Output seen:
#     Device 1: ArtNet [127.0.0.1]
#     version 14 from 127.0.0.1, olad's own address: it shows [10, 20]
#     version 15: it shows [10, 20]
#     version 14: it shows [50, 60]
#     its log: ArtDmx version mismatch, was 15 from 127.0.0.1
#
# All of it is in a network namespace of its own. Needs apt-get with Debian 12's lists, and root, or that users may make
# namespaces. Ends with 1 if it behaves otherwise, with 69 if it can't be tried.
set -euo pipefail

readonly version=0.10.9.nojsmin-2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
give_up() {
    echo "olad-art-net: $1" >&2
    exit 69
}

# Nothing is installed: the packages are unpacked here, with those it needs that this machine hasn't got.
cd "$folder"
apt-get -qq -s --no-install-recommends --allow-downgrades install "ola=$version" "libola1=$version" >plan ||
    give_up "apt-get has no ola $version"
mapfile -t needed < <(awk '$1 == "Inst" && $2 !~ /^(ola|libola1)(:|$)/ { print $2 }' plan)
apt-get -qq -o APT::Sandbox::User=root download "ola=$version" "libola1=$version" "${needed[@]}" ||
    give_up "apt-get can't fetch ola $version"
for package in *.deb; do dpkg -x "$package" .; done
libraries=("$folder"/usr/lib/*-linux-*/)
export LD_LIBRARY_PATH=${libraries[0]}

# Only Art-Net, of all that it knows.
mkdir configuration
for plugin in dummy e131 espnet ftdidmx gpio karate kinet milinst opendmx openpixelcontrol osc pathport renard sandnet \
    shownet spi stageprofi uartdmx usbdmx usbserial; do
    echo "enabled = false" >"configuration/ola-$plugin.conf"
done
printf "%s = true\n" enabled use_loopback >configuration/ola-artnet.conf

namespace=(unshare --net)
if ((EUID != 0)); then namespace=(unshare --user --map-current-user --keep-caps --net); fi
"${namespace[@]}" true || give_up "no network namespace can be made here"
export HOME=$folder PATH=$PATH:/usr/sbin:/sbin
# shellcheck disable=SC2016  # $@ is the inner shell's
"${namespace[@]}" sh -c 'ip link set lo up && exec "$@"' sh python3 - "$folder" <<'PYTHON'
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request

folder = sys.argv[1]
programs = folder + "/usr/bin/"


def devices():
    """The lines that name olad's devices, none while it starts."""
    # Where it isn't there yet, ola_dev_info would start one of its own.
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", 9010)) != 0:
            return []
    said = subprocess.run([programs + "ola_dev_info"], capture_output=True, text=True).stdout
    return [line for line in said.splitlines() if line.startswith("Device")]


def slots():
    """What universe 1 shows."""
    with urllib.request.urlopen("http://127.0.0.1:9090/get_dmx?u=1", timeout=2) as answer:
        return json.load(answer)["dmx"]


def until(condition, seconds):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() >= end:
            return False
        time.sleep(0.05)
    return True


def send(version, values):
    """Sends ArtDmx to port-address 1; what universe 1 shows half a second later at most."""
    packet = b"Art-Net\0\0\x50" + bytes([0, version, 0, 0, 1, 0, 0, len(values)]) + bytes(values)
    sender.sendto(packet, ("127.0.0.1", 6454))
    until(lambda: slots() == values, 0.5)
    return slots()


sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sender.bind(("127.0.0.1", 0))
# olad doesn't run as root.
nobody = {}
if os.geteuid() == 0:
    subprocess.run(["chown", "-R", "65534:65534", folder], check=True)
    nobody = {"user": 65534, "group": 65534, "extra_groups": []}
with open(folder + "/log", "w") as log:
    olad = subprocess.Popen(
        [programs + "olad", "-c", folder + "/configuration", "--no-register-with-dns-sd", "-l", "3"],
        stdout=log, stderr=log, **nobody)
try:
    if not until(lambda: olad.poll() is not None or devices(), 20) or olad.poll() is not None:
        print(open(folder + "/log").read(), "olad-art-net: olad shows no device within 20 s", file=sys.stderr)
        sys.exit(69)
    device = devices()[0]
    print(device)
    number = device.split()[1].rstrip(":")
    subprocess.run([programs + "ola_patch", "-d", number, "-p", "0", "-u", "1", "-i"], check=True)
    own = send(14, [10, 20])
    later = send(15, [30, 40])
    again = send(14, [50, 60])
finally:
    olad.terminate()
    olad.wait()
said = next((line for line in open(folder + "/log") if "version mismatch" in line), "nothing of it").strip()
said = said[said.find("ArtDmx"):] if "ArtDmx" in said else said
print(f"version 14 from 127.0.0.1, olad's own address: it shows {own}")
print(f"version 15: it shows {later}")
print(f"version 14: it shows {again}")
print("its log:", said)
as_told = (
    "[127.0.0.1]" in device and own == [10, 20] and later == [10, 20] and again == [50, 60]
    and said.startswith("ArtDmx version mismatch, was 15"))
sys.exit(0 if as_told else 1)
PYTHON
