#!/usr/bin/env bash
# Builds what the image holds, with the same scripts as a checkout: docker/build.sh <output folder>
set -euo pipefail
output=$1
cd "$(dirname "${BASH_SOURCE[0]}")/.."
npx -y pnpm@12 install --frozen-lockfile
npx -y pnpm@12 run build
bash docker/assemble.sh "$output"
