# The few things one does with this project; each is a short script in .ci/.
.DEFAULT_GOAL := help
.PHONY: run test dev fmt lint parity bench-rules bench-documents clean-data docs help

run: ## build and serve with demonstration data on http://127.0.0.1:3000 (PORT=… changes it)
	@.ci/run-demo

test: ## run everything that must hold; ends with "N passed, N failed"
	@.ci/test

dev: ## serve with live reload
	@.ci/dev

fmt: ## format the Rust code
	@bash -c '. .ci/env.sh && cargo fmt --all'

lint: ## the lints of `make test`, warnings denied
	@bash -c '. .ci/env.sh && set -e; \
	  cargo clippy -p app --features ssr --all-targets -- -D warnings; \
	  cargo clippy -p server --all-targets -- -D warnings; \
	  cargo clippy -p frontend --target wasm32-unknown-unknown -- -D warnings'

parity: ## judge 1,000,000 generated cases natively and in WASM and compare the digests (CASES=… SEED=…)
	@.ci/parity $(or $(CASES),1000000) $(or $(SEED),1)

bench-rules: ## measure the rules, natively and in WASM, beside their targets
	@.ci/bench-rules

bench-documents: ## measure the time and the memory that a register of 60 rows takes
	@.ci/bench-documents

docs: ## write docs/rules.md anew from the code
	@bash -c '. .ci/env.sh && AFFIANCO_WRITE_DOCS=1 cargo test -q -p app --features ssr --test rules_doc'

clean-data: ## delete the demonstration data; the next `make run` makes it anew
	@rm -rf data

help: ## this list
	@awk -F ': ## ' '/^[a-z-]+: ## / { printf "make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
