# The verbs of uEVSE. `make` alone lists them. Everything that is made lies in build/ and may be thrown away.
SHELL := /bin/sh
PORT ?= 8080
WORLD ?= $(shell expr $(PORT) + 1)
ON ?= cpython
SPEED ?= 1
STATE ?= build/state
SERIAL ?= 1234
CHARGERS ?= 1
MUTATE ?= lib/evse
TICKS ?= 1000000

PY := build/venv/bin/python
MP32 := build/mp32/micropython
DEVICE := build/device/micropython
VENDOR := build/vendor/ready
STUBS := build/stubs/ready
FIRMWARE := $(wildcard main.py boot.py) $(shell find lib hal -name '*.py')
PAGE := $(if $(wildcard tools/pack.py),build/page/webfiles.py)
INTERPRETER := $(if $(filter micropython,$(ON)),$(MP32),$(if $(filter device,$(ON)),$(DEVICE)))

.PHONY: help run test check bench bench-regulation heap pictures deps venv image mutate model pilot arrows deploy clean system-run system-test
.DELETE_ON_ERROR:

help:       ## list the verbs
	@echo "make VERB [NAME=value ...]"
	@sed -n 's/^\([a-z-]*\): [^#]*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20
	@echo "with  PORT=$(PORT) WORLD=$(WORLD) ON=cpython|micropython|device SPEED=$(SPEED) STATE=$(STATE) SERIAL=$(SERIAL)"
	@echo "      CHARGERS=$(CHARGERS) on one wire, up to 8: pages on PORT, PORT+10, ..."
	@echo "      RS485=a tty for Modbus  MQTT=host:port of a broker  MUTATE=files or folders of lib, JOBS=1 at a time"

run: venv $(VENDOR) $(PAGE) $(INTERPRETER) ## the charger on PORT (or CHARGERS=3 of them) and the world around it on WORLD
	@case "$(ON)" in cpython|micropython|device) ;; *) echo "ON is cpython, micropython or device, not $(ON)"; exit 1;; esac
	@[ -z "$(INTERPRETER)" ] || [ -x "$(INTERPRETER)" ] || { echo "ON=$(ON) cannot run here: $$(cat $(dir $(INTERPRETER))missing)"; exit 1; }
	@exec $(PY) tools/sim.py --port $(PORT) --world $(WORLD) --on $(ON) --speed $(SPEED) --state $(STATE) --serial $(SERIAL) --chargers $(CHARGERS) \
	  $(if $(RS485),--rs485 $(RS485)) $(if $(MQTT),--mqtt $(MQTT))

test: venv $(VENDOR) $(STUBS) $(PAGE) system-test ## everything: style, types, arrows, CPython, both MicroPythons
	@exec $(PY) tests/all.py

check: venv $(VENDOR) $(STUBS) ## style, types and arrows only
	@exec $(PY) tests/all.py ruff mypy arrows

bench: venv $(VENDOR) $(PAGE) $(DEVICE) ## how fast, how late: one `name: value unit` a line
	@exec $(PY) tools/bench.py

bench-regulation: venv $(VENDOR) ## regulation on other people's houses: BENCH=the folder with compare.py, SCENARIOS=S2,S8
	@[ -f "$(BENCH)/compare.py" ] || { echo "BENCH is the folder of the regulation bench, the one that holds compare.py; '$(BENCH)' is not"; exit 1; }
	@exec $(PY) $(BENCH)/compare.py tools.bench_site:Site -j 2 $(if $(SCENARIOS),-s $(SCENARIOS)) $(if $(OUT),-o $(OUT))

heap: venv $(VENDOR) $(PAGE) $(DEVICE) ## a whole session in 112 kB; the last line is the low-water mark. SOAK=300: so many seconds, does it fall?
	@exec $(PY) $(if $(SOAK),tools/soak.py $(SOAK),tools/heap.py)

pictures: venv $(VENDOR) $(PAGE) system-test ## what people see, as PNG in build/pictures
	@exec $(PY) tools/pictures.py

mutate: venv $(VENDOR) ## break the code and see which unit test notices; STORIES=1 asks host tests and stories about the rest
	@exec $(PY) tools/mutate.py $(if $(STORIES),--stories) $(if $(JOBS),--jobs $(JOBS)) $(MUTATE)

pilot: venv ## how often noise on the pilot is taken for a level; TICKS ticks at each of six duties
	@exec $(PY) tests/fakes/pilot_chain.py $(TICKS)

model: venv ## walk every state the connector can reach, and judge each; minutes
	@exec $(PY) tools/model.py

arrows: venv ## who imports whom
	@exec $(PY) tools/arrows.py

deps: venv $(VENDOR) ## third-party modules of the firmware, by hash

venv: build/venv/ready ## the tools of the PC side

image: venv $(VENDOR) $(PAGE) ## the image for the board (needs ESP-IDF and the sources of MicroPython)
	@exec sh tools/image.sh

deploy: venv ## put an image (IMAGE=file) or the changed modules on a board (TTY=its port)
	@[ -z "$(IMAGE)" ] || $(PY) -m pip install -qq --no-input $$($(PY) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["board"])')
	@exec $(PY) tools/deploy.py $(if $(TTY),--tty $(TTY)) $(if $(IMAGE),--image $(IMAGE))

clean: ## throw away what was made; what was fetched stays
	@rm -rf build/page build/pycache build/state build/image build/host.txt build/device/build build/device/micropython .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -not -path './build/*' -prune -exec rm -rf {} +

# ---- set-up: by stamps, so the second time is quick

system-run:
	@sh tools/system.sh python3-venv

system-test: system-run
	@sh tools/system.sh socat mosquitto chromium fonts-dejavu-core gcc-multilib xz-utils

# Only other packages, not other settings of a tool, make pip run again.
build/venv/ready: pyproject.toml | system-run
	@[ -x $(PY) ] || python3 -m venv build/venv >/dev/null || { rm -rf build/venv; echo "python3 cannot make a venv here (as root: apt-get install python3-venv)"; exit 1; }
	@$(PY) -c 'import tomllib; print("\n".join(tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["host"]))' > build/host.new
	@cmp -s build/host.new build/host.txt && [ -e $@ ] || { echo "fetching the tools of the PC side"; $(PY) -m pip install -qq --no-input -r build/host.new; }
	@mv build/host.new build/host.txt && touch $@

$(STUBS): pyproject.toml | build/venv/ready
	@$(PY) -c 'import tomllib; print("\n".join(tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["stubs"]))' > build/stubs.new
	@cmp -s build/stubs.new build/stubs.txt && [ -e $@ ] || { rm -rf build/stubs; $(PY) -m pip install -qq --no-input --target build/stubs -r build/stubs.new; }
	@mv build/stubs.new build/stubs.txt && touch $@

$(VENDOR): firmware/requirements.txt tools/fetch.py | build/venv/ready
	@$(PY) tools/fetch.py firmware/requirements.txt build/vendor && touch $@

build/page/webfiles.py: tools/pack.py $(shell find web -type f) | build/venv/ready
	@mkdir -p build/page && $(PY) tools/pack.py && touch $@

$(MP32): tools/get_micropython.sh tools/mirror.sh
	@sh tools/get_micropython.sh build/mp32

$(DEVICE): tools/device_like.sh tools/device_manifest.py firmware/manifest.py tools/fold.py tools/host/shim.py tools/host/starter.py tools/host/unfold.py $(FIRMWARE) $(VENDOR) $(PAGE)
	@sh tools/system.sh gcc-multilib xz-utils
	@sh tools/device_like.sh build/device tools/device_manifest.py
