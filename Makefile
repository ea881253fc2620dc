# districtkg: `make run` builds everything and serves the graph of the sample
# documents; `make test` runs every check. Both install what they need inside
# the project; `make help` lists the rest.

SHELL := /bin/bash
GO    ?= go
ADDR  ?= 127.0.0.1:8080
DB    ?= data/samples
UI    := graph/ui
BIN   := bin/districtkg

GO_SOURCES   := $(shell find cmd graph extract schema seeds -name node_modules -prune -o -type f -not -path '$(UI)/*' -print 2>/dev/null) $(UI)/ui.go
PAGE_SOURCES := $(shell find $(UI)/src $(UI)/public $(UI)/index.html $(UI)/vite.config.ts $(UI)/tsconfig.json -type f 2>/dev/null)

.PHONY: run build ui test check-tools check-port lint test-go test-page test-export bench bench-store bench-api clean help

run: build check-port ## build, extract the sample documents, serve them on $(ADDR)
	@$(BIN) build --db $(DB)
	@$(BIN) serve --db $(DB) --addr $(ADDR)

build: check-tools $(BIN) ## build bin/districtkg with the page inside

$(BIN): go.mod go.sum $(GO_SOURCES) $(UI)/dist/index.html
	CGO_ENABLED=1 $(GO) build -trimpath -o $@ ./cmd/districtkg

ui: $(UI)/dist/index.html ## build the page

$(UI)/node_modules/.package-lock.json: $(UI)/package.json $(UI)/package-lock.json
	@cmd/districtkg/tools/need-node.sh
	cd $(UI) && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(UI)/dist/index.html: $(UI)/node_modules/.package-lock.json $(PAGE_SOURCES)
	cd $(UI) && npm run --silent build
	@touch $@

check-tools:
	@cmd/districtkg/tools/need-build.sh

check-port:
	@cmd/districtkg/tools/need-port.sh $(ADDR)

test: check-tools lint test-page test-export test-go ## format, vet, lint, page tests in Chromium, race tests with scores

lint:
	@unformatted=$$(gofmt -l $$(git ls-files -co --exclude-standard '*.go' 2>/dev/null || find . -name '*.go' -not -path '*/node_modules/*')); \
	 if [ -n "$$unformatted" ]; then echo "not formatted (run gofmt -w):"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

test-page: $(BIN)
	cd $(UI) && npm run --silent check && npm run --silent test
	@cmd/districtkg/tools/browser-tests.sh $(UI) $(abspath $(BIN))

test-export: $(BIN)
	@cmd/districtkg/tools/export-checks.sh $(abspath $(BIN))

test-go: $(UI)/dist/index.html
	$(GO) test -race -timeout 20m ./...

bench: ## speed of extraction beside gojieba's plain Cut, in one run
	$(GO) test -run '^$$' -bench 'Extraction' -benchtime 5x ./cmd/districtkg

bench-store: ## our store beside Cayley's, PostgreSQL and Oxigraph on a million quads, in one run
	$(GO) run ./graph/store/storebench

bench-api: ## our server beside Cayley's own at a million quads; then 10,000 requests, a tenth of them hostile
	BENCH_QUADS=1000000 $(GO) test -count=1 -run '^TestLoad$$' -v -timeout 30m ./graph/api
	HOSTILE_REQUESTS=10000 $(GO) test -count=1 -run '^TestGoodAmongHostile$$' -v -timeout 30m ./graph/api

clean: ## remove what was built
	rm -rf bin data $(UI)/node_modules $(UI)/dist/assets $(UI)/dist/index.html

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14
