#!/usr/bin/env bash
# The product against Express + Sequelize and against raw Npgsql, alternated in one run. See bench/README.md.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
fail() {
  printf '✗ %s\n' "$*" >&2
  exit 1
}

if [ -d "${1:-}" ]; then
  PEERS_DIR=$1
  shift
fi
[ -f "${PEERS_DIR:-}/env.sh" ] || fail "Name the folder of the peers' scripts: ./tessera bench http FOLDER, or PEERS_DIR=FOLDER"
[ -f "${TESSERA_HOST:-}/Tessera.Host.dll" ] || fail "Start it as ./tessera bench http: that builds the server first"
PEERS_DIR=$(cd "$PEERS_DIR" && pwd -P)
unset HERE
# shellcheck source=/dev/null
. "$PEERS_DIR/env.sh"
export PEERS_DIR
[ -n "${SKIP_SETUP:-}" ] || "$PEERS_DIR/setup.sh" wrk pg express dotnet
exec python3 "$here/compare.py" "$@"
