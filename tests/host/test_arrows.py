"""Who may import whom: the house as it stands, and wrong arrows that must be seen."""
import pathlib

import pytest

from tools import arrows

ROOT = pathlib.Path(__file__).resolve().parents[2]


def house(root: pathlib.Path, path: str, text: str) -> list[str]:
    """What is wrong in a house with one file."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)
    return arrows.look(root)[1]


def test_every_arrow_of_this_house_points_one_way():
    assert arrows.look(ROOT)[1] == []


@pytest.mark.parametrize("path, text, name", [
    ("lib/evse/pilot.py", "import time", "time"),
    ("lib/evse/pilot.py", "from energy import balance", "energy"),
    ("lib/energy/balance.py", "def f():\n    import asyncio", "asyncio"),
    ("lib/ui/menu.py", "from app.web import x", "app"),
    ("lib/settings.py", "import log", "log"),
    ("lib/proto/nodes.py", "__import__('socket')", "socket"),
    ("lib/meters/roles.py", "from hal.io import Inputs", "hal"),
    ("lib/app/web.py", "from machine import Pin", "machine"),
    ("lib/app/web.py", "from tools.plant import car", "tools"),
    ("lib/evse/pilot.py", "import umodbus.functions", "umodbus"),
    ("hal/rs485.py", "import settings", "settings"),
    ("hal/sim.py", "import tests.fakes", "tests"),
])
def test_a_wrong_arrow_is_seen_with_file_and_line(tmp_path, path, text, name):
    wrong = house(tmp_path, path, text)
    assert len(wrong) == 1 and wrong[0].startswith(path + ":") and wrong[0].endswith("may not import " + name)


@pytest.mark.parametrize("path, text", [
    ("lib/meters/modbus_meter.py", "from proto import words\nimport struct"),
    ("lib/app/bus.py", "import asyncio, umodbus.serial\nfrom meters import roles"),
    ("lib/evse/evse.py", "from evse import pilot\nimport settings"),
    ("hal/esp32.py", "import machine\nfrom . import io\nfrom hal import cp"),
    ("main.py", "import asyncio\nfrom hal import esp32\nfrom app import web"),
])
def test_a_right_arrow_is_left_alone(tmp_path, path, text):
    assert house(tmp_path, path, text) == []


def test_a_file_outside_every_room_is_seen(tmp_path):
    assert house(tmp_path, "lib/stray.py", "") == ["lib/stray.py: lib has no room stray"]
