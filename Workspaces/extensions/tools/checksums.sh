#!/bin/sh
# Copies every table and lists their SHA-256 as `sha256sum -c` reads it: a plugin for casus in POSIX sh.
set -eu
case ${1-} in
describe)
  printf '%s' '{"type":"describe","protocol":1,"id":"checksums","kind":"exporter","name":"Tables with checksums",'
  printf '%s' '"summary":"Writes every table as CSV, with a list of checksums.","version":"1.0","behaviour":1,'
  printf '%s' '"deterministic":true,"shape":"folder",'
  printf '%s\n' '"parameters":{"type":"object","additionalProperties":false,"properties":{}}}'
  ;;
run)
  read -r request
  # The request is canonical JSON on one line; the names in these paths are a-z, 0-9 and -.
  output=$(printf '%s\n' "$request" | sed 's/.*"output":"\([^"]*\)".*/\1/')
  cd "$output"
  printf '%s\n' "$request" | grep -o '"path":"[^"]*\.csv"' | sed 's/^"path":"//; s/"$//' | while read -r path; do
    name=${path##*/tables/}
    mkdir -p "${name%/*}"
    cp "$path" "$name"
    sha256sum "$name" >> SHA256SUMS
    printf '{"type":"file","path":"%s"}\n' "$name"
  done
  [ -e SHA256SUMS ] || : > SHA256SUMS
  printf '{"type":"file","path":"SHA256SUMS"}\n{"type":"done"}\n'
  ;;
*)
  echo "usage: checksums.sh describe|run" >&2
  exit 64
  ;;
esac
