#!/usr/bin/env bash
# Puts the built bundles together as the image holds them, without node_modules: docker/assemble.sh <output folder>
#   api/main.mjs + migrations, fixtures, web (the console)      worker/main.mjs + migrations      health.mjs
set -euo pipefail
output=$1
cd "$(dirname "${BASH_SOURCE[0]}")/.."
for app in api worker; do
  if [ ! -f "apps/$app/dist/main.mjs" ]; then
    echo "apps/$app is not built: run \`npx -y pnpm@12 run build\` first" >&2
    exit 1
  fi
  mkdir -p "$output/$app"
  cp -R "apps/$app/dist/." "$output/$app/"
  rm -rf "$output/$app/types"
done
mkdir -p "$output/api/web"
cp -R apps/web/dist/. "$output/api/web/"
rm -rf "$output/api/web/types"
cp docker/health.mjs "$output/health.mjs"
