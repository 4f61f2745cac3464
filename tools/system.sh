#!/bin/sh
# Makes sure that the named Debian packages are there: system.sh PACKAGE...
# Asks for the thing a package brings, not for the package, so other systems do too. As root, or with sudo, it
# installs what is missing; otherwise one line says what to install and the caller goes on without. No service is started.
has() {
  case $1 in
    python3-venv) python3 -c 'import ensurepip, venv' 2>/dev/null ;;
    gcc-multilib) echo '#include <stdio.h>' | gcc -m32 -E - >/dev/null 2>&1 ;;
    xz-utils) command -v xz >/dev/null ;;
    fonts-dejavu-core) [ -n "$(find /usr/share/fonts -name '*.[to]tf' 2>/dev/null | head -n 1)" ] ;;
    *) PATH=$PATH:/usr/sbin command -v "$1" >/dev/null ;;
  esac
}
MISSING=
for P in "$@"; do has "$P" || MISSING="$MISSING $P"; done
[ -z "$MISSING" ] && exit 0

AS_ROOT=
if [ "$(id -u)" != 0 ]; then
  if sudo -n true 2>/dev/null; then AS_ROOT="sudo -n"; else AS_ROOT=no; fi
fi
if [ "$AS_ROOT" = no ] || ! command -v apt-get >/dev/null; then
  echo "not here, and may not be installed from here:$MISSING (as root: apt-get install$MISSING)"
  exit 0
fi
# A daemon that comes with a package must not start: policy-rc.d is Debian's own way to say so.
GUARD=/usr/sbin/policy-rc.d
if [ ! -e $GUARD ]; then
  printf '#!/bin/sh\nexit 101\n' | $AS_ROOT tee $GUARD >/dev/null && $AS_ROOT chmod +x $GUARD
  trap '$AS_ROOT rm -f $GUARD' EXIT
fi
install() { $AS_ROOT env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $MISSING >/dev/null 2>&1; }
echo "installing:$MISSING"
install || { $AS_ROOT apt-get -qq update >/dev/null 2>&1; install; } || echo "could not install:$MISSING (try: apt-get install$MISSING)"
case $MISSING in *mosquitto*) [ -d /run/systemd/system ] && $AS_ROOT systemctl -q disable mosquitto ;; esac
exit 0
