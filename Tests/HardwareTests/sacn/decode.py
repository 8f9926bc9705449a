"""Reads sACN packets, a line of hexadecimal bytes each, with PyPI's sacn, and says in JSON what is in them."""

import json
import sys

from sacn.messages.data_packet import DataPacket

with open(sys.argv[1], encoding="ascii") as packets:
    for line in packets:
        raw = tuple(int(byte, 16) for byte in line.split())
        packet = DataPacket.make_data_packet(raw)
        print(json.dumps({
            "universe": packet.universe,
            "sequence": packet.sequence,
            "priority": packet.priority,
            "source": packet.sourceName,
            "cid": list(packet.cid),
            "data": list(packet.dmxData),
            "terminated": bool(packet.option_StreamTerminated),
            "startCode": packet.dmxStartCode,
        }))
