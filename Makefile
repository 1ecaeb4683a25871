# make run: set up and serve the sample articles.  make test: set up and pass the tests.
# make check: lint and types.  Each target installs what it needs, once.

VENV := .venv
BIN := $(VENV)/bin
PEERS := build/peers
PORT := 8000
STORE := store
ARTICLES := articles

.PHONY: run test check browser bench measure quality peers train reader judge clean
.DELETE_ON_ERROR:

run: $(VENV)/.installed
	@$(BIN)/yiju rebuild $(ARTICLES) --store $(STORE)
	@exec $(BIN)/yiju serve --store $(STORE) --port $(PORT)

test: $(VENV)/.installed-test browser
	$(BIN)/python -m pytest

check: $(VENV)/.installed-test
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy

bench: $(VENV)/.installed-test
	$(BIN)/python -m bench.service

# What the encoder finds and costs; and all that makes it, from the data folder to the weights.
measure: $(VENV)/.installed-test
	$(BIN)/python -m bench.encoder

# What all of Yiju finds and answers on the measuring sets.
quality: $(VENV)/.installed-test
	$(BIN)/python -m bench.quality

# The same beside other search libraries, which live in an environment of their own.
peers: $(PEERS)/.installed
	$(PEERS)/bin/python -m bench.peers

train: $(VENV)/.installed-test
	nice $(BIN)/python -m training all

# The network that reads spans; then those that rank, choose and decide, made anew.
reader: $(VENV)/.installed-test
	nice $(BIN)/python -m training.reader

judge: $(VENV)/.installed-test
	nice $(BIN)/python -m training.rankers

# torch first and pinned: a looser pin pulls gigabytes of CUDA in.
$(VENV)/.installed: pyproject.toml constraints.txt
	python3 -m venv $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt torch
	$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e '.[test,train]'
	touch $@

$(PEERS)/.installed: pyproject.toml constraints.txt
	python3 -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --disable-pip-version-check -c constraints.txt torch
	$(PEERS)/bin/python -m pip install --disable-pip-version-check -c constraints.txt -e '.[peers]'
	touch $@

# Chromium and a Chinese font, where they are missing and apt may install them. Without, the tests
# that need a browser are skipped and say so.
browser:
	@./tests/install-browser.sh

clean:
	rm -rf $(VENV) $(STORE) build *.egg-info
