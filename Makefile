# Zoco: `make run` serves the shop on http://localhost:8080, `make test` proves that it works. Each installs what it needs
# on Debian 12, builds, and does its job. `make help` lists the rest.

SHELL := /bin/sh
.DEFAULT_GOAL := help
PORT ?= 8080
JOBS ?= $(shell nproc)

# Debian packages by what they are for. A package is listed where it is first needed.
RUN_PACKAGES := g++ cmake ninja-build ccache libpoco-dev rapidjson-dev libssl-dev libsqlite3-dev libmariadb-dev \
                libargon2-dev libidn2-dev libphonenumber-dev libqrencode-dev libzxcvbn-dev \
                libhpdf-dev fonts-dejavu-core
TEST_PACKAGES := libcppunit-dev clang libc++-14-dev libc++abi-14-dev binutils curl ca-certificates chromium mariadb-server-core mariadb-client-core mount openssl python3-aiosmtpd poppler-utils
BENCH_PACKAGES := nginx-light wrk curl procps util-linux mariadb-server-core mariadb-client-core
FUZZ_PACKAGES := clang libclang-rt-14-dev libcppunit-dev
LINT_PACKAGES := clang-format
CONTAINER_PACKAGES := podman buildah runc netavark aardvark-dns catatonit iptables debootstrap docker-compose curl

APT := DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)

# $(call install,packages): installs those of them that are missing.
define install
	@missing=""; for p in $(1); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then echo "installing:$$missing"; \
	  $(SUDO) sh -c "$(APT) update -qq && $(APT) install -y -qq --no-install-recommends $$missing" >build-setup.log 2>&1 \
	  || { cat build-setup.log; rm -f build-setup.log; exit 1; }; rm -f build-setup.log; fi
endef

.PHONY: help run build test test-all unit asan tsan browser containers bench fuzz lint format install clean setup-run setup-test

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

setup-run:
	$(call install,$(RUN_PACKAGES))

setup-test: setup-run
	$(call install,$(TEST_PACKAGES))
	@command -v npm >/dev/null || { echo "installing: npm"; $(SUDO) sh -c "$(APT) install -y -qq --no-install-recommends npm" >/dev/null; }

build: setup-run ## the program and all plugins, in build/release
	@cmake --preset release -DZOCO_TESTS=OFF >/dev/null
	@cmake --build --preset release -j $(JOBS)

run: build ## serve the shop on http://localhost:8080 (PORT=n for another port)
	build/release/bin/zoco serve -c etc/zoco.properties -D host.listen=127.0.0.1:$(PORT) -D data.dir=data

test: setup-test ## everything that must pass, in less than 20 minutes
	test/run.sh release
	test/run.sh asan unit
	test/browser/run.sh build/release
	@echo "all tests passed"

test-all: test ## the long checks too: all tests under sanitizers, changes and crashes under load, fuzzing, the benchmark's goals
	test/run.sh asan
	test/run.sh tsan
	ZOCO_LONG=1 build/release/test/gestorbbdd_test
	ZOCO_LONG=1 build/release/test/ChangeUnderLoadTest
	ZOCO_LONG=1 build/release/test/CrashUnderLoadTest
	ZOCO_LONG=1 build/release/test/KillUnderLoadTest
	ZOCO_LONG=1 build/release/test/PagosKillTest
	ZOCO_LONG=1 build/release/test/ListasTest
	$(MAKE) containers
	$(MAKE) fuzz SECONDS=120
	$(MAKE) bench

unit: setup-test ## the unit tests only, in less than a minute
	test/run.sh release unit shop

asan: setup-test ## the tests under AddressSanitizer and UndefinedBehaviorSanitizer
	test/run.sh asan

tsan: setup-test ## the tests under ThreadSanitizer
	test/run.sh tsan

browser: setup-test build ## the pages in a real Chromium
	test/browser/run.sh build/release

containers: setup-test ## the images of etc/containers, built without a registry and started
	$(call install,$(CONTAINER_PACKAGES))
	$(SUDO) test/containers/run.sh

bench: build ## ratios against peers started beside us
	$(call install,$(BENCH_PACKAGES))
	@cmake --preset release -DZOCO_TESTS=OFF -DZOCO_BENCH=ON >/dev/null
	@cmake --build --preset release -j $(JOBS)
	test/bench/run.sh build/release

fuzz: setup-run ## fuzz every parser for SECONDS (60)
	$(call install,$(FUZZ_PACKAGES))
	test/fuzz/run.sh $(or $(SECONDS),60)

lint: ## the format of all sources
	$(call install,$(LINT_PACKAGES))
	git ls-files '*.cpp' '*.h' | xargs clang-format --dry-run -Werror

format: ## clang-format on all sources
	$(call install,$(LINT_PACKAGES))
	git ls-files '*.cpp' '*.h' | xargs clang-format -i

install: build ## as Debian lays it out, below DESTDIR
	cmake --install build/release --prefix $(or $(PREFIX),/usr)

clean: ## all that was built
	rm -rf build
