# Binnacle. `make demo` shows it, `make test` proves it; `make help` lists the rest.
SHELL   := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VERSION ?= 0.1.0
OS      := $(shell uname -s)
BIN     := $(CURDIR)/build/bin
APP     := $(BIN)/binnacle
KUBE    := build/kube/bin
LDFLAGS  = -s -w -buildid= -X main.version=$(VERSION)
TAGS     = desktop,production$(if $(filter Linux,$(OS)),$(comma)webkit2_41)
comma   := ,
GOSRC   := $(shell find main.go app.go backend build/appicon.png build/windowicon.png go.mod go.sum -type f -not -name '*_test.go' 2>/dev/null)
PAGESRC := $(shell find frontend/src frontend/public frontend/index.html frontend/vite.config.ts frontend/patternfly.config.ts frontend/tsconfig.json -type f 2>/dev/null)

# What Debian and Ubuntu need to build and to test; macOS brings its own toolkit and webview.
APT := build-essential pkg-config libgtk-3-dev libwebkit2gtk-4.1-dev webkit2gtk-driver xvfb openbox xdotool imagemagick \
       dbus gnome-keyring chromium fonts-dejavu-core slapd

.PHONY: help
help: ## what can be made
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | awk -F'\t' '{printf "  %-14s %s\n", $$1, $$2}'

.PHONY: demo
demo: build rig shim ## five real clusters on loopback and the window on a ready fleet (Ctrl-C stops it all)
	@bash build/demo.sh

.PHONY: test
test: deps test-go test-page e2e ## everything: Go with race, page, integration, end to end

.PHONY: test-go
test-go: kube kwok issuers frontend/dist/index.html ## Go tests with the race detector, integration with real API servers among them
	go test -race -timeout 20m ./...

.PHONY: test-page
test-page: frontend/node_modules ## the page's unit tests
	cd frontend && npx tsc --noEmit && npx vitest run

.PHONY: e2e
e2e: build rig kube kwok shim dev ## journeys in the production binary's own window, and in Chromium
	bash build/e2e.sh

.PHONY: bench
bench: build rig shim dev ## the table of speed and memory; writes build/bench.json
	bash build/bench.sh

.PHONY: soak
soak: rig ## half an hour of churn, black holes and dying tokens; looks for leaks
	go run ./build/soak -for 30m

.PHONY: verify
verify: lint test windows darwin ## what CI runs

.PHONY: run
run: build ## build and start the program
	$(APP)

.PHONY: build
build: deps $(APP) ## the program

$(APP): $(GOSRC) frontend/dist/index.html frontend/src/wails/wailsjs/go/main/App.d.ts
	@echo "building the program"
	go build -tags $(TAGS) -trimpath -buildvcs=false -ldflags "$(LDFLAGS)" -o $@ .

# The same program, whose page a browser can open too: for traces and frame times. Never shipped.
.PHONY: dev
dev: $(if $(filter Linux,$(OS)),$(BIN)/binnacle-dev)

$(BIN)/binnacle-dev: $(GOSRC) frontend/dist/index.html
	@echo "building the program for browsers"
	go build -tags dev,webkit2_41 -o $@ .

frontend/dist/index.html: frontend/node_modules $(PAGESRC)
	@echo "building the page"
	cd frontend && npm run build && touch dist/index.html

frontend/node_modules: frontend/package-lock.json
	@echo "installing the page's packages"
	cd frontend && npm ci --no-audit --no-fund --loglevel=error && touch node_modules

.PHONY: generate
generate: ## the page's bindings and types from Go
	tsoutputtype=interfaces go run -tags bindings . >/dev/null
	go test ./backend/bridge -run TestModelIsCurrent -update

.PHONY: kube
kube: ## the control planes for tests and demo (minutes the first time, nothing the second)
	bash build/kube/build.sh 1.36 1.33

.PHONY: kwok
kwok: ## nodes and pods that seem to run, for tests
	bash build/kwok/build.sh

.PHONY: issuers
issuers: frontend/e2e/issuer/node_modules ## the identity providers that tests sign in at
	bash build/dex/build.sh

frontend/e2e/issuer/node_modules: frontend/e2e/issuer/package-lock.json
	@echo "installing the certified identity provider"
	cd frontend/e2e/issuer && npm ci --no-audit --no-fund --loglevel=error && touch node_modules

.PHONY: rig
rig: issuers ## one version of them, the identity providers and the program that runs both
	bash build/kube/build.sh 1.36
	go build -o $(BIN)/rig ./build/rig
	go build -o $(BIN)/herd ./build/rig/herd/serve

.PHONY: shim
shim: $(if $(filter Linux,$(OS)),$(BIN)/wdshim.so $(BIN)/dragsource) ## what lets tests drive the unmodified program

$(BIN)/wdshim.so: frontend/e2e/wdshim.c
	mkdir -p $(BIN)
	gcc -shared -fPIC -O2 -o $@ $< $$(pkg-config --cflags --libs webkit2gtk-4.1)

$(BIN)/dragsource: frontend/e2e/dragsource.c
	mkdir -p $(BIN)
	gcc -O2 -o $@ $< $$(pkg-config --cflags --libs gtk+-3.0)

.PHONY: lint
lint: deps frontend/node_modules frontend/dist/index.html ## linters and formatters, for Go and page
	bash build/tools/lint.sh
	cd frontend && npx biome ci .

.PHONY: fmt
fmt: frontend/node_modules ## format Go and page
	go tool -modfile=build/tools/go.mod golangci-lint fmt
	cd frontend && npx biome check --write .

.PHONY: windows
windows: frontend/dist/index.html ## cross-build the Windows program
	GOOS=windows GOARCH=amd64 CGO_ENABLED=0 go build -tags desktop,production -trimpath -buildvcs=false -ldflags "$(LDFLAGS) -H windowsgui" -o $(BIN)/binnacle.exe .

.PHONY: darwin
darwin: ## vet for macOS every package that does not import Wails
	GOOS=darwin GOARCH=arm64 CGO_ENABLED=0 go vet ./backend/...

.PHONY: fuzz
fuzz: ## a minute of every fuzz target
	bash build/tools/fuzz.sh 60s

.PHONY: deps
deps: ## the system's packages (asks apt only for what is missing)
	@bash build/tools/deps.sh $(APT)

.PHONY: clean
clean: ## remove what was built, but not the control planes
	rm -rf build/bin build/demo build/bench.json build/test-results frontend/dist/assets frontend/dist/index.html
