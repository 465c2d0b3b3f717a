#!/usr/bin/env bash
# Serves a sample in English and in Arabic, and holds each kind of page to axe-core; and the desks of
# a few clients and of many.
# It needs Go, npm and a browser; what it installs and makes is gone in the end.
set -euo pipefail
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
servers=()
end() {
  [ "${#servers[@]}" = 0 ] || kill "${servers[@]}" 2>/dev/null || true
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

# serve NAME: a preview of the site of that name, which says its links in NAME.said.
serve() {
  "$work/portalgen" serve --site "$work/$1" --port 0 >"$work/$1.said" 2>&1 &
  servers+=($!)
  until grep -q '^Preview at' "$work/$1.said" || ! kill -0 $! 2>/dev/null; do
    sleep 0.1
  done
}

# desk N: a site of N clients, of three trades, each with its own name.
desk() {
  mkdir -p "$work/desk$1/data/clients"
  cp internal/sample/data/provider.toml "$work/desk$1/data"
  for i in $(seq "$1"); do
    sample=$(find internal/sample/data/clients -name '*.toml' | sort | sed -n "$((i % 3 + 1))p")
    sed "s/^client *= *\"/&$i /" "$sample" >"$work/desk$1/data/clients/c$i.toml"
    folder=${sample%.toml}
    [ ! -d "$folder" ] || cp -r "$folder" "$work/desk$1/data/clients/c$i"
  done
  serve "desk$1"
  desks+=("desk=$(sed -n 's/^ *desk *//p' "$work/desk$1.said")")
}

go build -o "$work/portalgen" ./cmd/portalgen
serve site
desks=()
desk 3
desk 25 # more than 24 are shown with less of each
mapfile -t links < <(sed -n 's/^ *open *//p' "$work/site.said")
if [ "${#links[@]}" != 2 ]; then
  cat "$work/site.said"
  echo "there are ${#links[@]} portals to check, and should be 2"
  exit 1
fi

# Each layout is a kind of page.
kinds=$(cd layouts && ls -- *.html | sed 's/\.html$//' | grep -vx baseof | paste -sd,)
node .ci/axe/run.mjs "$work" "$kinds" "${links[@]}" "${desks[@]}"
