bench-store: ## our store beside Cayley's, PostgreSQL and Oxigraph on a million quads, in one run
	$(GO) run ./graph/store/storebench
