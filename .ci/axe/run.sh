#!/usr/bin/env bash
# Serves a sample in English and in Arabic, and holds each kind of page to axe-core.
# It needs Go, npm and a browser; what it installs and makes is gone in the end.
set -euo pipefail
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
server=
end() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap end EXIT

for name in chromium-headless-shell chromium chromium-browser google-chrome-stable google-chrome; do
  CHROME=$(command -v "$name") && break
done
export CHROME

cp .ci/axe/package.json .ci/axe/package-lock.json "$work"
npm ci --prefer-offline --prefix "$work" --ignore-scripts --no-audit --no-fund --silent

# The sample that has every kind of page, and its twin in a language from right to left.
clients=$work/site/data/clients
mkdir -p "$clients"
cp internal/sample/data/provider.toml "$work/site/data"
cp -r internal/sample/data/clients/two-ovens internal/sample/data/clients/two-ovens.toml "$clients"
cp -r "$clients/two-ovens" "$clients/twin"
{ echo 'language = "ar"' && cat "$clients/two-ovens.toml"; } >"$clients/twin.toml"

go build -o "$work/portalgen" ./cmd/portalgen
"$work/portalgen" serve --site "$work/site" --port 0 >"$work/said" 2>&1 &
server=$!
until grep -q '^Preview at' "$work/said" || ! kill -0 "$server" 2>/dev/null; do
  sleep 0.1
done
mapfile -t links < <(sed -n 's/^ *open *//p' "$work/said")
if [ "${#links[@]}" != 2 ]; then
  cat "$work/said"
  echo "there are ${#links[@]} portals to check, and should be 2"
  exit 1
fi

# Each layout is a kind of page.
kinds=$(cd layouts && ls -- *.html | sed 's/\.html$//' | grep -vx baseof | paste -sd,)
node .ci/axe/run.mjs "$work" "$kinds" "${links[@]}"
