"""The font and picture modules say what the drawings say."""
import os

import pytest

from tools import fonts


@pytest.mark.parametrize("name", ["font_small.py", "font_large.py", "art.py"])
def test_the_module_is_what_the_drawings_make(name):
    with open(os.path.join(fonts.ROOT, "lib", "ui", name), encoding="utf-8") as f:
        assert f.read() == fonts.modules()[name], "run python tools/fonts.py"


def test_a_crooked_drawing_is_refused():
    with pytest.raises(ValueError):
        fonts.small("## #")
    with pytest.raises(ValueError):
        fonts.small("#x")
    with pytest.raises(ValueError):
        fonts.large("00 0f")
