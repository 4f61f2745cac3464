# The chip's share of the image: mounting the flash. The rest is the same as on the device-like interpreter.
# The port's own manifest is not included, it would bring a second MQTT library.
# ruff: noqa: F821
freeze("$(PORT_DIR)/modules", ("_boot.py", "flashbdev.py", "inisetup.py"))
include("../../manifest.py")
