#!/usr/bin/env bash
# Workbooks written and read beside SheetJS and exceljs, and an import into the database. See bench/README.md.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
if [ -d "${1:-}" ]; then
  PEERS_DIR=$1
  shift
fi
[ -f "${PEERS_DIR:-}/xlsx/bench.js" ] || {
  printf '✗ %s\n' "Name the folder of the peers' scripts: ./tessera bench exchange FOLDER, or PEERS_DIR=FOLDER" >&2
  exit 1
}
PEERS_DIR=$(cd "$PEERS_DIR" && pwd -P)
export PEERS_DIR
out=$here/../../artifacts/bench-exchange
# Published as the product is: its code is compiled before it starts.
dotnet publish "$here" -c Release -r linux-x64 --self-contained false -p:PublishReadyToRun=true -p:RunAnalyzers=false -v q -o "$out" >/dev/null
exec python3 "$here/compare.py" "$out/Tessera.Exchange.Bench.dll" "$@"
