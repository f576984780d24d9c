# Every target makes .venv first if it is missing or stale. Without make: python bootstrap.py TARGET
PYTHON ?= python3
TARGETS = figures notebooks test check site lock changelog bench bench-repair bench-vocabulary bench-statistics clean

.PHONY: $(TARGETS)
$(TARGETS):
	@$(PYTHON) bootstrap.py $@ $(ARGS)
