#!/usr/bin/env bash
# Home Assistant 2024.11.3 (PyPI; on Python 3.12 or 3.13) and its MQTT integration, on mosquitto (Debian).
#
# Guess: an empty retained message on the discovery topic of a device that isn't there does nothing: it is gone already.
# Behaviour: a warning, "No device components to cleanup for …". So whoever removes a device sees first whether there is
# one, and of several who might, one does.
#
# Guess: an empty message on a state topic says nothing: that is how a retained message is cleared.
# Behaviour: a template that names value_json logs an error, "'value_json' is undefined", as a message that isn't JSON has no
# such variable; a light with `schema: json`, which takes no template, logs an exception of its _state_received. So devices
# are removed before the topics that they read are cleared.
#
# Guess: `color_temp_kelvin: true`, which later releases have, is left out by one that doesn't know it, so that 2700 under
# color_temp is refused or clamped.
# Behaviour: it is left out, and 2700 is taken for mireds: 370 K.
#
# Output seen:
#     gone already: WARNING No device components to cleanup for nobody, node_id 'None'
#     a template: ERROR Template variable error: 'value_json' is undefined when rendering '{{ value_json.lux }}'
#     a JSON light: ERROR Exception in _state_received when handling msg on 'lamp/state': ''
#     color_temp_kelvin: color_temp_kelvin is 370
#
# Takes some minutes: Home Assistant installs what it needs besides at its first start. Everything listens on loopback.
# Ends with 1 if it behaves otherwise, with 69 if it can't be tried.
set -euo pipefail

PATH=$PATH:/usr/sbin:/sbin
folder=$(mktemp -d)
pids=()
finish() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null; done
    rm -rf "$folder"
}
trap 'finish || true' EXIT
give_up() {
    echo "home-assistant-empty-messages: $1" >&2
    exit 69
}

for program in mosquitto mosquitto_pub; do
    command -v "$program" >/dev/null || give_up "there is no $program: apt-get install mosquitto mosquitto-clients"
done
python=
for candidate in python3.13 python3.12 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[23].*/bin/python3; do
    # pyenv's names are there for versions that aren't chosen, too.
    if "$candidate" -c '' 2>/dev/null; then python=$candidate && break; fi
done
[[ -n $python ]] || give_up "there is neither Python 3.12 nor 3.13"
"$python" -m venv "$folder/venv"
# acme, which it needs, doesn't say that it can't do with josepy 2.
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check homeassistant==2024.11.3 josepy==1.15.0

read -r broker web < <("$python" -c 'import socket
sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
print(*[one.getsockname()[1] for one in sockets])')
printf 'listener %s 127.0.0.1\nallow_anonymous true\n' "$broker" >"$folder/mosquitto.conf"
if ((EUID == 0)); then echo 'user root' >>"$folder/mosquitto.conf"; fi
mosquitto -c "$folder/mosquitto.conf" >/dev/null 2>&1 &
pids+=($!)
mkdir "$folder/config"
printf 'http: {server_host: 127.0.0.1, server_port: %s}\napi:\nconfig:\nlogger: {default: warning}\n' "$web" \
    >"$folder/config/configuration.yaml"
"$folder/venv/bin/hass" --config "$folder/config" --log-no-color >"$folder/log" 2>&1 &
pids+=($!)

"$folder/venv/bin/python" - "$broker" "$web" "$folder/log" <<'PYTHON'
import asyncio
import json
import re
import subprocess
import sys
import time

import aiohttp

broker, web, log = sys.argv[1:]
client, address = "http://127.0.0.1/", f"http://127.0.0.1:{web}"


def say(topic, payload):
    what = ["-m", json.dumps(payload)] if payload else ["-n"]
    subprocess.run(["mosquitto_pub", "-h", "127.0.0.1", "-p", broker, "-r", "-t", topic, *what], check=True)


def logged(pattern):
    """The first line of the log that has it, without its time and place."""
    with open(log, errors="replace") as lines:
        for line in lines:
            if re.search(pattern, line):
                level, _, rest = line.partition(" (MainThread) ")
                return f"{level.split()[-1]} {rest.partition('] ')[2].strip()}"
    return None


async def until(condition, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := await condition():
            return found
        await asyncio.sleep(0.5)
    return None


async def main():
    async with aiohttp.ClientSession() as http:
        async def is_up():
            try:
                async with http.get(f"{address}/api/onboarding") as answer:
                    return answer.status == 200
            except aiohttp.ClientError:
                return False

        if not await until(is_up, 600):
            sys.exit(69)
        owner = {
            "name": "Owner", "username": "owner", "password": "only-for-this-test", "client_id": client, "language": "en"}
        async with http.post(f"{address}/api/onboarding/users", json=owner) as answer:
            code = (await answer.json())["auth_code"]
        form = {"grant_type": "authorization_code", "code": code, "client_id": client}
        async with http.post(f"{address}/auth/token", data=form) as answer:
            headers = {"Authorization": f"Bearer {(await answer.json())['access_token']}"}
        flows = f"{address}/api/config/config_entries/flow"
        async with http.post(flows, json={"handler": "mqtt"}, headers=headers) as answer:
            flow = (await answer.json())["flow_id"]
        async with http.post(f"{flows}/{flow}", json={"broker": "127.0.0.1", "port": int(broker)}, headers=headers) as answer:
            assert (await answer.json())["type"] == "create_entry"

        async def state(entity):
            async with http.get(f"{address}/api/states/{entity}", headers=headers) as answer:
                return await answer.json() if answer.status == 200 else None

        say("lamp/state", {"state": "ON", "brightness": 99, "color_mode": "color_temp", "color_temp": 2700, "lux": 3})
        say("homeassistant/device/lamp/config", {
            "device": {"identifiers": ["lamp"], "name": "Lamp"}, "origin": {"name": "finding"},
            "components": {
                "light": {
                    "platform": "light", "unique_id": "lamp_light", "name": None, "schema": "json",
                    "state_topic": "lamp/state", "command_topic": "lamp/set", "brightness": True,
                    "supported_color_modes": ["color_temp"], "color_temp_kelvin": True},
                "lux": {
                    "platform": "sensor", "unique_id": "lamp_lux", "name": "Lux", "state_topic": "lamp/state",
                    "value_template": "{{ value_json.lux }}"}}})

        async def is_lit():
            light = await state("light.lamp")
            return light if light and light["state"] == "on" else None

        light = await until(is_lit, 60)
        kelvin = light and light["attributes"].get("color_temp_kelvin")
        say("homeassistant/device/nobody/config", None)
        say("lamp/state", None)
        await asyncio.sleep(3)
        found = {
            "gone already": logged("WARNING.*No device components to cleanup"),
            "a template": logged("ERROR.*Template variable error: 'value_json' is undefined"),
            "a JSON light": logged("ERROR.*Exception in _state_received"),
            "color_temp_kelvin": f"color_temp_kelvin is {kelvin}"}
        for what, came in found.items():
            print(f"{what}: {came}")
        return all(found.values()) and kelvin == 370


sys.exit(0 if asyncio.run(main()) else 1)
PYTHON
