#!/bin/sh
# CMake starts the C compiler through this while WiredTiger is built: more than half of the time would go into
# reading the same header for each of its 240 files, so it is read once. The compiler itself looks whether what
# was read still fits the flags, and reads the header where it does not.
# PRECOMPILED is a folder for it. Arguments: the compiler and its own.
source=
for argument; do source=$argument; done
case $source in
*/wiredtiger/src/*.c) ;;
*) exec "$@" ;;
esac

header=${source%/src/*}/src/include/wt_internal.h
made=$PRECOMPILED/wt_internal.h.gch
# The first one makes it; who comes meanwhile does without.
if mkdir "$PRECOMPILED/begun" 2>/dev/null; then
  (
    count=$#
    while [ "$count" -gt 0 ]; do
      argument=$1
      shift
      count=$((count - 1))
      case $argument in
      -o | -c | -MF | -MT | -MQ)
        shift
        count=$((count - 1))
        ;;
      -MD | -MMD) ;;
      *) set -- "$@" "$argument" ;;
      esac
    done
    "$@" -w -x c-header "$header" -o "$made.part" && mv "$made.part" "$made"
  ) || :
fi
if [ -f "$made" ]; then exec "$@" -w -iquote "$PRECOMPILED"; fi
exec "$@"
