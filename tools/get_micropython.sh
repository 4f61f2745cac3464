#!/bin/sh
# Fetches Debian's 32-bit MicroPython into a folder of its own: get_micropython.sh OUT
# Uses a private apt state, so this machine's apt, its architectures and its packages stay untouched. apt checks
# the signatures. An empty dpkg status makes apt bring every library too. What cannot be had is told in OUT/missing.
set -eu
mkdir -p "$1"; OUT=$(readlink -f "$1"); SUITE=${SUITE:-trixie}; A=$OUT/apt
rm -f "$OUT/missing" "$OUT/micropython"
cannot() { echo "32-bit MicroPython: $1" | tee "$OUT/missing"; exit 0; }
KEY=/usr/share/keyrings/debian-archive-keyring.gpg
[ "$(uname -m)" = x86_64 ] || [ "$(uname -m)" = i686 ] || cannot "needs an x86 PC, this is $(uname -m)"
command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null && [ -e $KEY ] || cannot "needs Debian's apt-get, dpkg-deb and keyring"
MIRROR=$(sh "$(dirname "$0")/mirror.sh") && [ -n "$MIRROR" ] || cannot "apt knows no Debian mirror here"

mkdir -p "$A/lists/partial" "$A/cache/archives/partial" "$OUT/debs/partial" "$OUT/root"; : > "$A/status"
echo "deb [arch=i386 signed-by=$KEY] $MIRROR $SUITE main" > "$A/sources.list"
OPT="-o Dir::Etc::SourceList=$A/sources.list -o Dir::Etc::SourceParts=- -o Dir::State=$A -o Dir::State::Lists=$A/lists
 -o Dir::State::status=$A/status -o Dir::Cache=$A/cache -o Dir::Cache::archives=$OUT/debs -o APT::Architecture=i386
 -o APT::Architectures=i386 -o Acquire::Retries=3 -o Acquire::Languages=none -o APT::Sandbox::User=root -o Debug::NoLocking=1"
apt-get $OPT -qq update || cannot "the package lists could not be fetched"
apt-get $OPT -qq -y --no-install-recommends -d install micropython >/dev/null || cannot "the package could not be fetched"
for DEB in "$OUT"/debs/*.deb; do dpkg-deb -x "$DEB" "$OUT/root"; done
LOADER=$(find "$OUT/root" -name ld-linux.so.2 | head -n 1)
printf '#!/bin/sh\nexec "%s" --library-path "%s" "%s" "$@"\n' "$LOADER" "$OUT/root/usr/lib/i386-linux-gnu" \
  "$OUT/root/usr/bin/micropython" > "$OUT/micropython.new"
chmod +x "$OUT/micropython.new"
"$OUT/micropython.new" -c 'import sys; print("32-bit MicroPython:", sys.version, sys.maxsize)' || cannot "this kernel does not run 32-bit programs"
mv "$OUT/micropython.new" "$OUT/micropython"
