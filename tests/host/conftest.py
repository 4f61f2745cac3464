"""The fixtures of the tests with real peers, so that a test asks for them by name and imports nothing."""
from browsers import browser, packed, page, standin  # noqa: F401
from peers import ends, wires  # noqa: F401
from web_charger import charger  # noqa: F401
