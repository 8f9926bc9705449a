#!/usr/bin/env bash
# apt 2.6 and 3.0 (Debian 12, 13), running packages' maintainer scripts.
#
# Guess: they have the PATH that apt-get was called with, so that a stand-in for systemctl in /usr/local/bin is found first.
# Behaviour: apt has a PATH of its own for dpkg and what that runs, DPkg::Path, without /usr/local.
# So whoever puts something in a program's place for them says -o DPkg::Path=… (scripts/deb-check).
#
# Ends with 1 if it behaves otherwise.
set -euo pipefail

path=$(apt-config dump --format '%v%n' DPkg::Path)
echo "DPkg::Path is $path"
[[ -n $path && :$path: != *:/usr/local/bin:* ]]
