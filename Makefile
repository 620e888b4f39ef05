# Every target says what it does and installs what it needs; the work is done in scripts/.
.DEFAULT_GOAL := help
.PHONY: help run dev test pictures soak bench bench-short check gen clients lint-openapi release-openapi deny measure-event-order clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-20s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Build and start the whole product with demo data (PORT=3000)
	@exec bash scripts/run.sh

dev: ## The same in watch mode: rebuilds and reloads on change (PORT=3000)
	@exec bash scripts/dev.sh

test: ## Run everything: lints, both engines, browser (TEST_DATABASE_URL for your own PostgreSQL)
	@exec bash scripts/test.sh

pictures: ## Pictures of every screen, in two widths, light and dark: test-results/screens
	@exec bash scripts/pictures.sh

soak: ## Crashes, cuts and full disks for long; writes the figures of docs/reliability.md (as root)
	@exec bash scripts/soak.sh

bench: ## Measure the release build on both engines, at 10 thousand to a million tickets
	@exec bash scripts/bench.sh

bench-short: ## Measure this commit beside its parent, in five minutes after building
	@exec bash scripts/bench-short.sh

check: ## Format, lints and types only
	@exec bash scripts/check.sh

gen: ## Make the OpenAPI documents and the clients' types anew
	@exec bash scripts/gen.sh

clients: ## Build the clients and use each against a running server
	@exec bash scripts/clients.sh

lint-openapi: ## Lint the OpenAPI documents (Redocly, Spectral with the OWASP rules)
	@exec bash scripts/lint-openapi.sh

release-openapi: ## Keep the OpenAPI documents of the version in Cargo.toml as released
	@exec bash scripts/release-openapi.sh

deny: ## Check licences, sources and known vulnerabilities of the Rust dependencies
	@exec bash scripts/deny.sh

measure-event-order: ## Measure the ways of ordering events on PostgreSQL (see docs/adr/0001)
	@exec bash scripts/measure-event-order.sh

clean: ## Delete what was built; demo data in data/ stays
	@exec bash scripts/clean.sh
