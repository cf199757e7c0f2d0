# make run: the app. make test: everything that must hold. Both make their own .venv.
# Tests run in as many WORKERS as there are cores to spare; those that measure come late (tests/conftest.py).

PORT ?= 8501
WORKERS ?= 2
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.SILENT:
.PHONY: run test check check-style check-python check-layers check-engine check-web check-scripts chromium node graphs types bench table4 figure1 mutants lock sbom clean browsers nginx others

run: $(VENV)/serve.stamp
	echo "Medley: http://127.0.0.1:$(PORT)  (Ctrl+C stops it)"
	$(VENV)/bin/streamlit run app.py --server.port $(PORT) || {
	    rc=$$?
	    [ $$rc -gt 128 ] || echo "Medley could not run. If the port is taken, choose another: make run PORT=8600" >&2
	    exit $$rc
	}

# What pytest compiles is kept: each of its processes would compile all of it anew.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(VENV)/test.stamp chromium nginx check
	$(PY) -m pytest tests -n $(WORKERS) --dist loadgroup --durations=25 || {
	    echo "make test: a test failed; run it alone with: $(PY) -m pytest NAME -x" >&2
	    exit 1
	}

# Style, types and layers, side by side. Types of web/: the engine strictly.
check: $(VENV)/test.stamp node_modules/.package-lock.json
	$(MAKE) --no-print-directory -j $(WORKERS) check-python check-web check-scripts check-engine check-style check-layers

check-style:
	$(VENV)/bin/ruff check . || { echo "make test: style; many are mended by: $(VENV)/bin/ruff check --fix ." >&2; exit 1; }

check-python:
	$(VENV)/bin/mypy || { echo "make test: types; mypy names the file and line above" >&2; exit 1; }

check-layers:
	$(VENV)/bin/lint-imports || { echo "make test: layers; the contracts are in pyproject.toml" >&2; exit 1; }

check-engine:
	npx tsc -p web/engine || { echo "make test: types of web/engine; tsc names the file and line above" >&2; exit 1; }

check-web:
	npx tsc -p . || { echo "make test: types of web/; tsc names the file and line above" >&2; exit 1; }

check-scripts:
	said=$$(node --test tests/web/*.test.js 2>&1) || { echo "$$said" >&2; exit 1; }

graphs: $(VENV)/test.stamp
	$(PY) -m latent_core graphs

# web/engine/props.d.ts, from pages/parts/props.py, and limits.js, from latent_core/recipes/limits.py
types: $(VENV)/test.stamp
	$(PY) -m pages.parts.declarations

# Medley's main promises in Firefox and WebKitGTK; no part of `make test`.
browsers: $(VENV)/test.stamp chromium others
	$(PY) -m pytest tests/browsers/promises.py -v

bench: $(VENV)/test.stamp chromium
	$(PY) -m benchmarks.live

# Searches take minutes; finished ones are kept in runs/table4. ZOO=DIR adds models of other training seeds.
table4: $(VENV)/test.stamp
	$(PY) -m benchmarks.table4 $(if $(ZOO),--zoo $(ZOO))

# Changes one operator or number at a time and lists what no test notices: some 630 changes of one to four seconds
# each, WORKERS at once. `python -m benchmarks.mutants theta measures` tries those modules alone.
mutants: $(VENV)/test.stamp
	WORKERS=$(WORKERS) $(PY) -m benchmarks.mutants

figure1: $(VENV)/test.stamp
	$(PY) -m benchmarks.figure1

# The locks, after a change of the requirements: every package with the hashes of its files, for all systems and Python
# from 3.11 on. What is locked already stays at its version; delete a lock to move all of it.
UV ?= uv
lock:
	command -v $(firstword $(UV)) >/dev/null || { echo "make lock needs uv: python3 -m pip install uv" >&2; exit 1; }
	for name in requirements-serve requirements; do
	    $(UV) pip compile -q --universal --generate-hashes --no-annotate --python-version 3.11 \
	        --custom-compile-command "make lock" $$name.txt -o $$name.lock
	done

# What Medley is made of, for scanners: CycloneDX, without a network.
sbom:
	python3 .ci/sbom.py > medley.cdx.json
	echo "medley.cdx.json"

clean:
	rm -rf $(VENV) node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache medley.cdx.json

$(PY):
	for python in $${PYTHON:-} python3 python3.13 python3.12 python3.11; do
	    if command -v $$python >/dev/null && $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
	        $$python -m venv $(VENV) || { rm -rf $(VENV); echo "Python's venv module does not work (Debian: apt-get install python3-venv)." >&2; exit 1; }
	        exit 0
	    fi
	done
	echo "Medley needs Python 3.11, 3.12 or 3.13 and found none; install one, or name it: make run PYTHON=/path/to/python3.12" >&2
	exit 1

$(VENV)/serve.stamp: requirements-serve.lock | $(PY)
	echo "Installing what the app needs (once) ..."
	$(PIP) install -q --require-hashes -r requirements-serve.lock || { echo "pip could not install requirements-serve.lock: is there a network, and is the disk full?" >&2; exit 1; }
	touch $@

$(VENV)/test.stamp: requirements.lock $(VENV)/serve.stamp
	echo "Installing the workshop and the tests (once; torch is about 5 GB) ..."
	$(PIP) install -q --require-hashes -r requirements.lock || { echo "pip could not install requirements.lock: is there a network, and 8 GB of disk?" >&2; exit 1; }
	touch $@

# The one without windows spares a minute; tests take any other where it cannot be had.
chromium:
	for name in $${MEDLEY_CHROMIUM:-} chromium-headless-shell; do
	    if command -v $$name >/dev/null; then exit 0; fi
	done
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then
	    echo "Installing Debian's chromium-headless-shell (once) ..."
	    if apt-get update -qq && DEBIAN_FRONTEND=noninteractive timeout 180 apt-get install -y -qq --no-install-recommends chromium-headless-shell >/dev/null; then exit 0; fi
	fi
	for name in chromium chromium-browser google-chrome; do
	    if command -v $$name >/dev/null; then exit 0; fi
	done
	echo "The browser tests need Chromium: install it (Debian: apt-get install chromium-headless-shell), or set MEDLEY_CHROMIUM to its path." >&2
	exit 1

# Unpacked and not installed, as Debian would start it; the tests behind a proxy are skipped where it cannot be had.
nginx: | $(PY)
	if [ -x /usr/sbin/nginx ] || [ -x $(VENV)/nginx/usr/sbin/nginx ] || command -v nginx >/dev/null; then exit 0; fi
	if ! command -v apt-get >/dev/null || [ "$$(id -u)" != 0 ]; then exit 0; fi
	echo "Unpacking Debian's nginx (once) ..."
	{ apt-get update -qq && cd $(VENV) && apt-get download -qq nginx && dpkg -x nginx_*.deb nginx && rm nginx_*.deb; } 2>/dev/null || echo "nginx cannot be had; the tests behind a proxy will be skipped." >&2

others:
	if { command -v firefox || command -v firefox-esr; } >/dev/null && command -v WebKitWebDriver >/dev/null && command -v Xvfb >/dev/null; then exit 0; fi
	help="Firefox and WebKit: install them (Debian: apt-get install firefox-esr webkit2gtk-driver xvfb); what is missing is skipped."
	if ! command -v apt-get >/dev/null || [ "$$(id -u)" != 0 ]; then echo "$$help" >&2; exit 0; fi
	echo "Installing Debian's firefox-esr, webkit2gtk-driver and xvfb (once) ..."
	{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends firefox-esr webkit2gtk-driver xvfb >/dev/null; } || echo "$$help" >&2

node_modules/.package-lock.json: package-lock.json | node
	npm ci --silent --no-audit --no-fund || { echo "npm could not install package-lock.json: is there a network?" >&2; exit 1; }

node:
	if command -v npm >/dev/null && node -e 'process.exit(+(parseInt(process.versions.node) < 18))'; then exit 0; fi
	help="The checks of web/ need Node 18 or newer with npm: install it (Debian: apt-get install nodejs npm)."
	if ! command -v apt-get >/dev/null || [ "$$(id -u)" != 0 ]; then echo "$$help" >&2; exit 1; fi
	echo "Installing Debian's nodejs and npm (once) ..."
	{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null; } || { echo "$$help" >&2; exit 1; }
