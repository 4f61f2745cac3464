#!/bin/sh
# Prints the Debian mirror that this machine's own apt uses, and nothing where there is none.
# A release file says that it is Debian; before the first `apt-get update` only the address can tell.
M=$(apt-get indextargets --format '$(REPO_URI)' 'Origin: Debian' 'Label: Debian' 2>/dev/null | head -n 1)
[ -n "$M" ] || M=$(apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | grep '/debian/*$' | head -n 1)
echo "$M"
