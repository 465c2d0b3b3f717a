# The steps of the gate, for .ci/run and .ci/all. Each is a function that fails where
# something is wrong. To be sourced in the root of the repository.

typescript=typescript@5.9.3
taplo=@taplo/cli@0.7.0
netlify=netlify-cli@26.2.0
netlify_blobs=@netlify/blobs@11.1.1
vnu=vnu-jar@26.9.27
goreleaser=github.com/goreleaser/goreleaser/v2@v2.15.1
cyclonedx=github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0

step() { printf '\n== %s (%ss)\n' "$1" "$SECONDS"; }

# tool runs a linter that .ci/tools/go.mod names, built once and kept in Go's cache.
tool() { go tool -modfile=.ci/tools/go.mod "$@"; }

# npm packages are fetched once and kept in npm's cache.
node_tool() { npm exec --yes --prefer-offline --package="$1" -- "${@:2}"; }

browser() {
  step "browser"
  # Chromium without its windows, which takes half the time; else any other.
  command -v chromium-headless-shell >/dev/null && return
  local sudo=""
  [ "$(id -u)" = 0 ] || sudo=sudo
  export DEBIAN_FRONTEND=noninteractive
  $sudo apt-get update -qq
  $sudo apt-get install -y -qq --no-install-recommends chromium-headless-shell >/dev/null && return
  local name
  for name in chromium chromium-browser google-chrome-stable google-chrome; do
    command -v "$name" >/dev/null && return
  done
  $sudo apt-get install -y -qq --no-install-recommends chromium >/dev/null
}

format() {
  step "format"
  local unformatted
  unformatted=$(tool gofumpt -l .)
  [ -z "$unformatted" ] && return
  printf 'not formatted as gofumpt does:\n%s\n' "$unformatted"
  return 1
}

javascript() {
  step "JavaScript types"
  node_tool "$typescript" tsc -p jsconfig.json
}

# What modules say that need no page; the others are held to the browser by the tests in Go.
javascript_tests() {
  step "JavaScript tests"
  node --test .ci/js/*.test.mjs
}

taplo_lint() { node_tool "$taplo" taplo lint "$@" 2>&1; }

schemas() {
  step "schemas, as editors use them"
  local said bad=refused file want
  # What is in order must pass, or a refusal below would prove nothing.
  if ! said=$(taplo_lint 'data/**/*.toml' 'internal/schema/testdata/good/*.toml'); then
    printf '%s\n' "$said"
    return 1
  fi
  said=$(taplo_lint 'internal/schema/testdata/bad/*.toml') && bad=passed
  for file in internal/schema/testdata/bad/*.toml; do
    want=$(sed -n 's/^# refused: //p' "$file")
    if [ "$bad" = passed ] || [ -z "$want" ] || ! grep -qF -- "$want" <<<"$said" || ! grep -qF "/${file##*/}\"" <<<"$said"; then
      printf '%s\nTaplo should refuse %s: %s\n' "$said" "$file" "$want"
      return 1
    fi
  done
}

workflows() {
  step "workflows"
  tool actionlint
  # Those that the docs give to others.
  local dir
  dir=$(mktemp -d)
  awk -v dir="$dir" '/^```yaml$/ { n++; on = 1; next } /^```/ { on = 0 } on { print > (dir "/" n ".yml") }' docs/deploying.md
  tool actionlint "$dir"/*.yml
  rm -r "$dir"
}

# release makes what a release is made of, in dist/. What goreleaser is told beside that is in $@. Its
# tools are compiled from their modules, which Go's checksum database vouches for; goreleaser takes
# longer to compile than all else here.
release() {
  step "release"
  local tools
  tools=$(mktemp -d)
  GOBIN=$tools go install "$goreleaser"
  GOBIN=$tools go install "$cyclonedx"
  PATH=$tools:$PATH goreleaser release --clean "$@"
  rm -r "$tools"
}

vet() {
  step "vet"
  go vet ./...
}

import_rules() {
  step "import rules"
  tool depguard ./...
}

staticcheck() {
  step "staticcheck"
  tool staticcheck ./...
}

# Packages of which most is about goroutines that share memory: their tests run once, with the race detector.
raced=$(printf 'portalgen/internal/%s\n' assets inbox publish render serve ui watch)

# Vet is a step of its own, which looks for more than go test does by itself.
tests() {
  step "tests"
  local packages
  packages=$(go list ./... | grep -vxF "$raced")
  # shellcheck disable=SC2086
  PORTALGEN_REQUIRE_BROWSER=1 go test -vet=off -timeout 60m $packages
}

# Of pipeline and cli a test of each place in which goroutines meet: files are read and portals built side by
# side, some ahead; what is judged, recorded, published, told meanwhile; a host is asked for many files; a key
# is loaded ahead. .ci/all has all tests of all packages.
race() {
  step "race detector"
  local one places=(TestTheSameBytes TestWhatIsBuiltAhead TestRandomEditsOfAWatchedSite TestWhatDidNotChangeIsKept
    TestWhatWasJudgedIsUsed TestABuildOfOneDoesNotTakeAnothersName TestWhatCouldNotBePublishedIsLater
    TestAttachmentsArePublishedOnce TestVerifyLooksAtAttachments TestVerifyAsksForWhatNoHostMayServe
    TestVerifyAsksFirst TestProgress TestProgressIsTold TestInterrupted TestCapacityStopsABuildOfAll TestDesk
    TestALayoutOfAllPagesShowsOneClient TestCheckOfTheSamples)
  for one in "${places[@]}"; do
    grep -q "^func $one(" internal/pipeline/*_test.go || { echo "pipeline has no $one" && return 1; }
  done
  # shellcheck disable=SC2086
  go test -race -vet=off -timeout 60m $raced
  PORTALGEN_EDITS=6 go test -race -vet=off -timeout 60m \
    -run "^($(IFS='|' && echo "${places[*]}"))\$" ./internal/pipeline
  named go test -race -vet=off -timeout 60m -run '^TestTheKeyIsLoadedAhead$' ./internal/cli
}

# named runs tests that are chosen by their names, and fails where none has such a name any more.
named() {
  local said
  said=$("$@" 2>&1) || { printf '%s\n' "$said"; return 1; }
  printf '%s\n' "$said"
  ! grep -q 'no tests to run' <<<"$said"
}

accessibility() {
  step "accessibility"
  .ci/axe/run.sh
}

clean_tree() {
  step "clean tree"
  [ -z "$(git status --porcelain)" ] && return
  git status --short
  echo "the tests or tools changed the tree"
  return 1
}

# lane runs steps in the background, one after the other until one fails. What they print
# comes in one piece when the lane ends.
lane() {
  local name=$1
  shift
  (
    set -euo pipefail
    for s in "$@"; do "$s"; done
  ) >"$logs/$name" 2>&1 &
  lanes+=("$!:$name")
}

# finish waits for the lanes, prints what each has to say, and fails if one did.
finish() {
  local failed=0 entry status
  for entry in "${lanes[@]}"; do
    status=0
    wait "${entry%%:*}" || status=$?
    printf '\n==== %s: %s (%ss)\n' "${entry#*:}" "$([ "$status" = 0 ] && echo passed || echo FAILED)" "$SECONDS"
    cat "$logs/${entry#*:}"
    [ "$status" = 0 ] || failed=1
  done
  return "$failed"
}

lanes=()
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
