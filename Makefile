# make run: set up, serve the sample articles.  make test: set up, run the tests.
# make check: lint and types.  Each target installs its dependencies, once.

VENV := .venv
BIN := $(VENV)/bin
PEERS := build/peers
DOCUMENTS := build/documents
PORT := 8000
STORE := store
ARTICLES := articles
PROCESSES := 2

.PHONY: run test check screenshots browser bundle bench measure quality answers peers documents train body reader judge clean
.DELETE_ON_ERROR:
# Where it is set, each process of the tests would compile all of Yiju anew.
unexport PYTHONDONTWRITEBYTECODE

run: $(VENV)/.installed
	@$(BIN)/yiju rebuild $(ARTICLES) --store $(STORE)
	@exec $(BIN)/yiju serve --store $(STORE) --port $(PORT)

test: $(VENV)/.installed-test browser
	$(BIN)/python -m pytest --numprocesses $(PROCESSES) --dist loadfile --no-loadscope-reorder

check: $(VENV)/.installed-test
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy

# One archive that installs Yiju on a machine without network; EXTRAS='[ocr]' adds what reads scans.
bundle: $(VENV)/.installed
	@bundle/bundle.sh $(BIN)/python '$(EXTRAS)'

# The pictures of docs/screenshots.
screenshots: $(VENV)/.installed-test browser
	YIJU_SCREENSHOTS=1 $(BIN)/python -m pytest tests/web/page/test_filmstrip.py

# Time, memory and disk of rebuilds and of the server.
bench: $(VENV)/.installed-test
	$(BIN)/python -m bench.service

# Retrieval quality and cost of the encoder alone.
measure: $(VENV)/.installed-test
	$(BIN)/python -m bench.encoder

# Retrieval and answer quality of all of Yiju on the measuring sets.
quality: $(VENV)/.installed-test
	$(BIN)/python -m bench.quality

# Every figure that answers are to reach.
answers: $(VENV)/.installed-test
	$(BIN)/python -m bench.answers

# What retrieval finds and costs beside other libraries, which have an environment of their own.
peers: $(PEERS)/.installed
	$(PEERS)/bin/python -m bench.peers

# How much is read of sixty documents, beside other readers, which have an environment of their own.
documents: $(VENV)/.installed-test $(DOCUMENTS)/.installed
	$(BIN)/python -m bench.documents --peers $(DOCUMENTS)/bin/python

# The encoder, from the data folder to the weights.
train: $(VENV)/.installed-test
	nice $(BIN)/python -m training.encoder all

# The transformer under the span reader: hours without a GPU.
body: $(VENV)/.installed-test
	nice $(BIN)/python -m training.body --out .cache/body/body.safetensors

# The span reader's network; then, since they use it, those of the rankers and the calibration.
reader: $(VENV)/.installed-test
	nice $(BIN)/python -m training.reader

judge: $(VENV)/.installed-test
	nice $(BIN)/python -m training.rankers

# torch first and pinned: a looser pin would pull in gigabytes of CUDA.
$(VENV)/.installed: pyproject.toml constraints.txt
	python3 -m venv $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt torch
	$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e '.[models]'
	touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e '.[models,test,train]'
	touch $@

$(PEERS)/.installed: pyproject.toml constraints.txt
	python3 -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --disable-pip-version-check -c constraints.txt torch
	$(PEERS)/bin/python -m pip install --disable-pip-version-check -c constraints.txt -e '.[models,peers]'
	touch $@

$(DOCUMENTS)/.installed: bench/documents/requirements.txt
	python3 -m venv $(DOCUMENTS)
	$(DOCUMENTS)/bin/python -m pip install --disable-pip-version-check -r $<
	touch $@

# Install Chromium and a Chinese font if missing, with apt as root; without them the browser tests
# are skipped.
browser:
	@./tests/install-browser.sh

clean:
	rm -rf $(VENV) $(STORE) build *.egg-info
