"""A charger's place in the world: its ports, folders and first settings, and what cannot be asked for."""
import argparse

import pytest

import settings
from hal.store import Store
from tools import sim
from tools.plant.site import Site
from tools.rig import PORT_STEP as RIG_STEP
from tools.world import stand


def asked(**words):
    return argparse.Namespace(**{**dict(port=8080, state="s", serial=7, chargers=3, speed=1, rs485="", mqtt="", heap="", on="cpython",
                                        no_firmware=False), **words})


def test_ports_folders_and_serials_follow_from_the_first_ones():
    site = Site(chargers=3)
    stands = [stand.Stand(k, spot, asked()) for k, spot in enumerate(site.spots)]
    assert [s.port for s in stands] == [8080, 8090, 8100] and [s.serial for s in stands] == [7, 8, 9]
    assert [s.state for s in stands] == ["s", "s/2", "s/3"] and [s.name for s in stands] == ["charger 1", "charger 2", "charger 3"]
    assert stand.Stand(0, site, asked(chargers=1)).name == "" and RIG_STEP == stand.PORT_STEP
    for s in stands:
        s.line.close_pty()


def test_a_fresh_group_begins_as_master_and_nodes_and_is_left_alone_afterwards(tmp_path):
    said = []
    for number in range(8):
        folder = tmp_path / str(number)
        assert stand.preset(str(folder), number, 8)
        cfg = settings.Settings()
        assert settings.load(cfg, Store(str(folder)).load("settings").decode().split("\n")[:-1]) == 0
        assert cfg.circuit_a == (16 if number else 80)
        said.append(settings.shown(cfg, settings.row("loadbl")))
    assert said == ["Master"] + ["Node %d" % k for k in range(1, 8)]
    Store(str(tmp_path / "1")).save("settings", b"loadbl=Disabled\n")
    assert not stand.preset(str(tmp_path / "1"), 1, 8)
    assert Store(str(tmp_path / "1")).load("settings") == b"loadbl=Disabled\n"


@pytest.mark.parametrize("words, why", [
    (["--chargers", "0"], "--chargers: 1 to 8"), (["--chargers", "9"], "--chargers: 1 to 8"),
    (["--chargers", "2", "--rs485", "/dev/x"], "a real tty takes one charger"),
    (["--chargers", "2", "--port", "8080", "--world", "8090"], "8090 is the page of a charger")])
def test_a_group_that_cannot_be_is_refused(words, why, capsys):
    with pytest.raises(SystemExit):
        sim.arguments(words)
    assert why in capsys.readouterr().err
