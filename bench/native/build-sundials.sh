#!/bin/sh
# Builds SUNDIALS with optimisation into build/sundials, where the benchmarks prefer it to the system's.
# Debian compiles its package without any (its rules set CMAKE_C_FLAGS and no build type): it takes four times as long.
#
#   bench/native/build-sundials.sh           takes the source of Debian's package (needs deb-src lines)
#   bench/native/build-sundials.sh FOLDER    takes a SUNDIALS source tree
#
# Needs gcc and cmake; KLU from Debian's libsuitesparse-dev, or below KLU_ROOT.
set -eu
checkout=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ $# -gt 0 ]; then
  source=$(CDPATH='' cd -- "$1" && pwd)
else
  (cd "$work" && apt-get source --download-only sundials && tar xf sundials_*.orig.tar.*)
  source=$(find "$work" -mindepth 1 -maxdepth 1 -type d -name 'sundials*')
fi
klu=${KLU_ROOT:-/usr}
headers=$(dirname "$(find "$klu/include" -name klu.h | head -n 1)")
libraries=$(dirname "$(find "$klu/lib" -name 'libklu.*' | head -n 1)")
cmake -S "$source" -B "$work/build" \
  -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_FLAGS='-O3 -march=native -flto' \
  -DCMAKE_AR="$(command -v gcc-ar)" -DCMAKE_RANLIB="$(command -v gcc-ranlib)" \
  -DBUILD_SHARED_LIBS=OFF -DBUILD_ARKODE=OFF -DBUILD_CVODES=OFF -DBUILD_IDA=OFF -DBUILD_IDAS=OFF -DBUILD_KINSOL=OFF \
  -DEXAMPLES_ENABLE_C=OFF -DENABLE_KLU=ON -DKLU_INCLUDE_DIR="$headers" -DKLU_LIBRARY_DIR="$libraries" \
  -DCMAKE_INSTALL_PREFIX="$checkout/build/sundials" -DCMAKE_INSTALL_LIBDIR=lib
cmake --build "$work/build" --target install
