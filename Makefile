# Footlight's commands. `make` lists them.
#
# Three builds, each in a folder of its own, so that none makes another start over:
#   .build (release)   make demo, and the bench itself: the quickest to build
#   .build (debug)     make test
#   .build-static      make build, make install: the runtimes of Swift and C++ linked in. An agent then takes 15 MB, and
#                      runs on boards that have no Swift.

PREFIX     ?= /usr/local
# Where the configuration is: /etc for the usual prefixes, else within the prefix.
SYSCONFDIR ?= $(if $(filter /usr /usr/local,$(PREFIX)),/etc,$(PREFIX)/etc)
DESTDIR    ?=
ARGS       ?=

PROGRAMS := footlight footlight-agent footlight-backend footlight-fleet
STATIC   := .build-static
TEST     := swift test --skip-build --disable-xctest
STAMP    := $(STATIC)/built

# Debian keeps mosquitto in /usr/sbin, which isn't in a user's PATH.
export PATH := $(PATH):/usr/sbin:/sbin

# What a node needn't hold in memory: C++'s library, of which Swift's runtime uses little, so that little is linked in (a
# folder where the linker finds nothing else of that name comes first); names that only a debugger would look up.
# FOOTLIGHT_STATIC has libgpiod linked in too (Package.swift).
SMALL := -Xswiftc -use-ld=lld -Xlinker -L$(STATIC)/libraries -Xlinker --as-needed -Xlinker --no-export-dynamic \
    -Xswiftc -Xclang-linker -Xswiftc -static-libgcc

.DEFAULT_GOAL := help
.PHONY: help demo test mixed rolling lab soak fleet-soak storm chaos limits outbox-kills household brokers home-assistant-check nightly fuzz fuzz-merge mutations bench lint build install uninstall

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-20s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: ## ten bars light up a staircase, here and now; ARGS="--bars 6" for fewer
	@scripts/prerequisites build demo
	@for program in footlight footlight-agent; do swift build -c release --product $$program || exit; done
	@.build/release/footlight demo $(ARGS)

# The end-to-end tests start the programs, so these are built first, with the tests, in one go. RESULTS: a folder for a
# report in JUnit's format.
#
# Those with real processes come after those that only reckon, which fill all cores, and some at a time: they measure time, and
# on a slow machine all at once measured each other.
test: ## all tests, in parallel; ARGS="--filter Lighting" for some
	@scripts/prerequisites build demo test
	@swift build --build-tests
ifeq ($(ARGS),)
	@failed=0; $(TEST) --skip EndToEndTests $(if $(RESULTS),--xunit-output $(RESULTS)/test.xml) || failed=$$?; \
	    SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=8 $(TEST) --filter EndToEndTests \
	        $(if $(RESULTS),--xunit-output $(RESULTS)/end-to-end.xml) || failed=$$?; exit $$failed
else
	@$(TEST) $(if $(RESULTS),--xunit-output $(RESULTS)/test.xml) $(ARGS)
endif

# The first time it builds the last release, which takes minutes: scripts/previous-release.
mixed: ## agents, fleet agents and commands of the last release beside these, on one broker
	@scripts/prerequisites build demo test
	@previous=$$(scripts/previous-release) && swift build --build-tests \
	    && FOOTLIGHT_PREVIOUS_RELEASE=$$previous $(TEST) --no-parallel \
	        --filter EndToEndTests.MixedVersionsTests $(ARGS)

# The first time it builds an earlier backend: scripts/previous-release.
rolling: ## instances of a backend with tables of version 1 replaced by this one's, while they write
	@scripts/prerequisites build demo test
	@earlier=$$(scripts/previous-release backend) && swift build --build-tests \
	    && FOOTLIGHT_EARLIER_BACKEND=$$earlier $(TEST) --no-parallel \
	        --filter BackendTests.RollingUpdateTests $(ARGS)

# A User-Mode Linux kernel with simulated GPIO, LEDs, PWM, SPI and I2C: Tests/Lab/README.md. RESULTS: as for `make test`.
lab: ## tests on real kernel interfaces, without hardware; ARGS="--filter GPIOLineTests" for some
	@scripts/prerequisites build demo test lab
	@RESULTS='$(RESULTS)' scripts/lab-tests $(ARGS)

# The same seed is the same history: `make soak SEED=17` tells the story of one.
soak: ## the mesh in a simulator, from SEEDS=1000 seeds, or the story of one SEED
	@scripts/prerequisites build
	@swift build -c release --product footlight-soak
	@.build/release/footlight-soak $(if $(SEED),--seed $(SEED),--seeds $(or $(SEEDS),1000)) $(ARGS)

# The fleet's tests in their long versions, and the simulator's table: SEEDS=10000.
fleet-soak: ## the fleet, at length: an hour's outages, kills and refreshes; SEEDS=1000 in the simulator
	@scripts/prerequisites build demo test
	@swift build --build-tests
	@FOOTLIGHT_FLEET_SOAK=1 $(TEST) --no-parallel --filter 'EndToEndTests.Fleet'
	@swift build -c release --product footlight-soak
	@.build/release/footlight-soak fleet --seeds $(or $(SEEDS),1000)

# The same seed is the same schedule: `make storm SEED=17`.
storm: ## real processes killed, stopped and started at random while people walk; MINUTES=10
	@scripts/prerequisites build demo
	@for program in footlight footlight-agent footlight-fleet footlight-storm; do \
	    swift build -c release --product $$program || exit; \
	done
	@.build/release/footlight-storm --minutes $(or $(MINUTES),10) $(if $(SEED),--seed $(SEED)) $(ARGS)

chaos: ## backend, database, balancer and fleet agents killed at random: is each record there, once? MINUTES=10
	@scripts/prerequisites build demo test
	@for program in footlight footlight-agent footlight-fleet footlight-backend footlight-chaos; do \
	    swift build -c release --product $$program || exit; \
	done
	@.build/release/footlight-chaos --minutes $(or $(MINUTES),10) $(if $(SEED),--seed $(SEED)) $(ARGS)

outbox-kills: ## the telemetry outbox's process killed 4 × LIVES=500 times: is what it took there, once?
	@scripts/prerequisites build demo test
	@swift build --build-tests
	@FOOTLIGHT_OUTBOX_LIVES=$(or $(LIVES),500) $(TEST) --filter OutboxKillTests

# Needs to be root, where the kernel's control groups are mounted.
limits: ## a node of 1000 zones, or of a zone of 10,000 bars, on a tenth of a core: how soon it lights
	@scripts/prerequisites build demo test
	@swift build --build-tests
	@FOOTLIGHT_LIMITS=1 $(TEST) --no-parallel --filter EndToEndTests.LimitsTests $(ARGS)

# CASES="A4 A5": some of them only.
household: ## what sensors and people really say, by the last release and this one, as in docs/household.md (nightly)
	@scripts/prerequisites build demo
	@for program in footlight footlight-agent; do swift build -c release --product $$program || exit; done
	@previous=$$(scripts/previous-release) && python3 Tests/Household/household.py "$$previous" .build/release $(CASES)

brokers: ## the mesh on every broker installed here, compared with docs/brokers.md (nightly)
	@scripts/prerequisites build
	@for program in footlight footlight-agent; do swift build -c release --product $$program || exit; done
	@scripts/brokers-check .build/release $(ARGS)

# The first time it installs each release of Home Assistant, which takes minutes. RELEASES="2024.11": some of them only.
home-assistant-check: ## real releases of Home Assistant find a house, show it and command it
	@scripts/prerequisites build demo
	@for program in footlight footlight-agent footlight-fleet; do swift build -c release --product $$program || exit; done
	@scripts/home-assistant-check .build/release $(RELEASES)

# SEEDS and MINUTES are those of soak and storm. By cron, every night at two: 0 2 * * * cd /path/to/footlight && make nightly
nightly: ## what is too long for every change, with a summary; TARGETS="mixed rolling brokers household soak storm"
	@MAKE='$(MAKE)' scripts/nightly $(or $(TARGETS),mixed rolling brokers household soak storm)

# What a run finds that is new to the corpus stays in .build-fuzz until `make fuzz-merge`.
fuzz: ## what reads bytes from outside, by libFuzzer: MINUTES=60 for each, READER=node for one, JOBS=2 at a time
	@scripts/prerequisites build
	@MINUTES=$(or $(MINUTES),60) JOBS=$(or $(JOBS),1) scripts/fuzz run $(READER)

fuzz-merge: ## what fuzzing reached that is new goes into the corpus, minimised
	@scripts/prerequisites build
	@scripts/fuzz merge $(READER)

mutations: ## break the mesh on purpose: does the simulator find it? SEEDS=1000 for each
	@scripts/prerequisites build
	@scripts/mutations $(or $(SEEDS),1000)

# The agents are measured as they are installed; the bench itself and its references needn't be.
bench: $(STAMP) ## measure, each figure beside a reference of the same run; ARGS="--quick", "--only wave --json"
	@scripts/prerequisites build demo
	@for program in footlight-bench footlight-reference; do swift build -c release --product $$program >&2 || exit; done
	@.build/release/footlight-bench $(ARGS)

lint: ## formatting, shell scripts, imports, units, alert rules, documents
	@scripts/prerequisites build lint
	@scripts/lint

build: $(STAMP) ## the programs as they are installed, without a need for Swift on the node

# A file's rule, so that `sudo make install` after `make build` compiles nothing as root, and needs no Swift.
# Folders are among what it depends on: they change when a file is removed.
$(STAMP): Package.swift Makefile $(wildcard Package.resolved) $(shell find Sources agent)
	@scripts/prerequisites build
	@mkdir -p $(STATIC)/libraries
	@ln -sf "$$(g++ -print-file-name=libstdc++.a)" $(STATIC)/libraries/libstdc++.a
	@for program in $(PROGRAMS); do \
	    FOOTLIGHT_STATIC=1 swift build -c release --static-swift-stdlib $(SMALL) --scratch-path $(STATIC) --product $$program || exit; \
	done
	@touch $@

install: $(STAMP) ## programs, units, examples; PREFIX=/usr/local DESTDIR= SYSCONFDIR=/etc
	@PREFIX='$(PREFIX)' SYSCONFDIR='$(SYSCONFDIR)' DESTDIR='$(DESTDIR)' scripts/install '$(STATIC)/release'

uninstall: ## take that away again, but for configuration and state
	@PREFIX='$(PREFIX)' SYSCONFDIR='$(SYSCONFDIR)' DESTDIR='$(DESTDIR)' scripts/install --remove

# ARCH: this machine's, or arm64 (scripts/arm64). PACKAGES: where they are put.
ARCH     ?= $(shell dpkg --print-architecture 2>/dev/null)
PACKAGES := .build-deb

.PHONY: deb deb-check repository arm64-check
ifeq ($(ARCH),$(shell dpkg --print-architecture 2>/dev/null))
deb: $(STAMP) ## Debian packages in .build-deb; ARCH=amd64 or arm64
	@scripts/prerequisites deb
	@OUT='$(PACKAGES)' scripts/deb '$(ARCH)' '$(STATIC)/release'
else
deb:
	@scripts/prerequisites deb arm64
	@[ '$(ARCH)' = arm64 ] || { echo "make deb: ARCH is this machine's, or arm64; not \"$(ARCH)\"" >&2; exit 64; }
	@scripts/arm64 build
	@OUT='$(PACKAGES)' SYSROOT="$$(scripts/arm64 sysroot)" STRIP=aarch64-linux-gnu-strip RUNNER='scripts/arm64 run' \
	    scripts/deb arm64 .build-arm64/release
endif

# RELEASES="bookworm trixie". Needs to be root, and a Debian mirror.
deb-check: ## packages by lintian, then installed, upgraded and purged in clean Debian 12 and 13
	@scripts/prerequisites deb deb-check
	@$(MAKE) --no-print-directory deb
	@scripts/deb-check $(RELEASES)

# KEY signs it; without it a key is made for the one run, to try it out.
repository: ## a signed apt repository of the packages in .build-deb, as a folder; KEY=fingerprint
	@scripts/prerequisites deb
	@ls $(PACKAGES)/*.deb >/dev/null 2>&1 || { echo 'make repository: there are no packages; "make deb" makes them' >&2; exit 66; }
	@KEY='$(KEY)' scripts/repository '$(PACKAGES)/repository' $(PACKAGES)/*.deb

# Needs to be root. Builds both, which takes a while the first time.
arm64-check: $(STAMP) ## arm64 programs by an emulator, their light beside that of native ones
	@scripts/prerequisites arm64 demo test
	@scripts/arm64 build
	@scripts/arm64-check

# Need Python 3 with venv, and PyPI once; pages-check needs chromium. The tools' versions are pinned in
# Tests/BackendPages/requirements.txt. EXAMPLES: requests for each endpoint.
.PHONY: pages-check api-check history-check
pages-check: ## the backend's pages in a real Chromium, by axe-core; pictures in .build-pages
	@scripts/prerequisites build pages
	@swift build --product footlight-backend
	@scripts/pages-check pages .build/debug/footlight-backend .build-pages

history-check: ## how soon history answers, with COUNT=10000000 activations, in 1 to 3 GB; STORE=sqlite, postgresql
	@swift build -c release --product footlight-backend
	@for store in $(or $(STORE),sqlite postgresql); do \
	    python3 Tests/BackendPages/history.py .build/release/footlight-backend $(or $(COUNT),10000000) $$store || exit; \
	done

api-check: ## requests made up by schemathesis from the backend's OpenAPI file; EXAMPLES=50
	@swift build --product footlight-backend
	@EXAMPLES=$(or $(EXAMPLES),50) scripts/pages-check api .build/debug/footlight-backend

# Needs Python 3 with venv, and PyPI once. The tools' versions are pinned in Tests/AWSTopologyEmulator/requirements.txt.
.PHONY: topology-check
topology-check: ## deploys the topology's templates into an AWS emulator, and reads them back
	@swift build --product footlight
	@scripts/topology-check .build/debug/footlight

.PHONY: s3-check
s3-check: ## archives the backend's records into an emulator's S3, and restores them
	@scripts/prerequisites build demo test
	@swift build --build-tests
	@scripts/s3-check

# Needs to be root, or that users may make network namespaces.
.PHONY: ola-check
ola-check: ## an agent lights 200 LEDs by Art-Net, and OLA's daemon is asked what came
	@scripts/prerequisites build demo ola
	@for program in footlight footlight-agent; do swift build --product $$program || exit; done
	@scripts/ola-check .build/debug
