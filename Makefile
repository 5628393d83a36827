# `make run` and `make test` do everything on a fresh machine; the rest is for founders.
PYTHON ?= python3
BIN := .venv/bin
TORCH_INDEX ?=
DEMO := storefront/demo_shop
PORT ?= 8000
SCORE := ../shared/eval/score.py
SHOP ?= ../shared/demo_shop
CASES ?= ../shared/eval/dev_cases.jsonl
UTTERANCES := ../shared/eval/real_utterances.jsonl
SOAK ?= 10
JOBS ?= 2
SYSTEM := redis-server postgresql chromium

.PHONY: run test check messages bench score utterances redteam claims lookup soak system

.venv/installed: requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) torch==2.13.0
	$(BIN)/pip install --quiet -r requirements.txt
	touch $@

.venv/installed-tests: .venv/installed tests/requirements.txt
	$(BIN)/pip install --quiet -r tests/requirements.txt
	touch $@

run: .venv/installed
	$(BIN)/python manage.py migrate --verbosity 0
	$(BIN)/python manage.py import_shop $(DEMO)
	$(BIN)/python manage.py demo
	@echo "Shop    http://localhost:$(PORT)/         (the chat is at the bottom right)"
	@echo "Staff   http://localhost:$(PORT)/admin/   (review queue; sign in as the reviewer above)"
	$(BIN)/uvicorn storefront.asgi:application --host 127.0.0.1 --port $(PORT) \
	  --ws storefront.sockets:Protocol --ws-max-size 32768 --ws-per-message-deflate false \
	  --ws-ping-interval 20 --ws-ping-timeout 20 \
	  --timeout-graceful-shutdown 10 --no-server-header

test: .venv/installed-tests system
	$(BIN)/python -m pytest -q --numprocesses $(JOBS) --dist loadfile --no-loadscope-reorder

# Ten times as much of what `make test` does to running servers; the figures go into a file.
soak: .venv/installed-tests
	rm -f tests/load/soak.json
	SOAK=$(SOAK) SOAK_FILE=tests/load/soak.json $(BIN)/python -m pytest -q tests/load

check: .venv/installed-tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy chatbot storefront
	$(BIN)/python manage.py check --database default
	$(BIN)/python manage.py makemigrations --check --dry-run
	DEBUG=off SECRET_KEY=$$(head -c 60 /dev/urandom | base64 -w 0) LEDGER_KEY=check \
	  ALLOWED_HOSTS=shop.example $(BIN)/python manage.py check --deploy --fail-level WARNING

# The catalogues of translations, brought up to what the sources say; then fill in what it names.
messages: .venv/installed
	$(BIN)/python manage.py messages

bench: .venv/installed-tests
	$(BIN)/python -m tests.load.bench
	$(BIN)/python -m tests.load.road
	$(BIN)/python -m tests.load.verifying
	$(BIN)/python -m tests.load.volume
	$(BIN)/python -m tests.load.embedding
	$(BIN)/python -m tests.load.searching
	$(BIN)/python -m tests.load.batching
	$(BIN)/python -m tests.load.workers
	$(BIN)/python -m tests.load.crowd
	$(BIN)/python -m tests.load.sizing
	$(BIN)/python -m tests.load.hub_batching
	$(BIN)/python -m tests.load.recommending

score: .venv/installed
	@test -f $(SCORE) || { echo "$(SCORE) is not there; the evaluation lies beside the project."; exit 1; }
	$(PYTHON) $(SCORE) --shop $(SHOP) --cases $(CASES) --project .

utterances: .venv/installed-tests
	$(BIN)/python -m tests.load.utterances $(UTTERANCES)

redteam: .venv/installed-tests
	$(BIN)/python -m tests.redteam.attacks
	$(BIN)/python -m tests.redteam.attacks --obedient
	$(BIN)/python -m tests.redteam.lies
	SHARE=1 TEXTS=100000 $(BIN)/python -m pytest -q tests/redteam/test_markup.py \
	  tests/browser/test_fuzz.py tests/browser/test_payloads.py tests/browser/test_payloads_pages.py

claims: .venv/installed-tests
	$(BIN)/python -m tests.load.claims

lookup: .venv/installed-tests
	$(BIN)/python -m tests.load.lookup

# Real servers for the tests: installed in CI; elsewhere the tests that need them say what to do.
system:
	@if [ "$$CI" = true ]; then \
	  for p in $(SYSTEM); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	  [ -z "$$missing" ] || { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q $$missing; } >/dev/null; \
	fi
