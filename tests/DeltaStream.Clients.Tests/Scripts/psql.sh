#!/usr/bin/env bash
# psql as a user starts it. The address is in PGHOST and the other variables of libpq.
export PSQLRC=/dev/null
output=$(mktemp)
trap 'rm -f "$output"' EXIT

# Runs SQL from standard input, and prints what it gives, or its SQLSTATE.
run() { psql --quiet --tuples-only --no-align --set VERBOSITY=sqlstate "$@" 2>&1 | sed 's/^ERROR:  //'; }

echo "connect $(run <<<'SELECT 1;')"

echo "create $(run <<<"$CREATE;" | sed 's/.*was successfully created.*/done/')"

# Before version 16 psql binds no parameters: it writes the values into the statement itself.
if [ "$(psql --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')" -ge 16 ]; then
  select='SELECT name FROM deltastream.sys."stores" WHERE name = $1 LIMIT $2 \bind :name :most \g'
else
  select='SELECT name FROM deltastream.sys."stores" WHERE name = :'"'name'"' LIMIT :most;'
  echo 'remark select substituted by psql'
fi
echo "select $(run --set name="$NAME" --set most=1 <<<"$select")"

echo "count $(run <<<"$COUNT;")"

# Ctrl-C, until psql has seen that its statement runs.
psql --quiet --tuples-only --set VERBOSITY=sqlstate --command '\echo started' --command "$ENDLESS" >"$output" 2>&1 &
until grep -q started "$output" || ! kill -0 $! 2>/dev/null; do sleep 0.1; done
while kill -INT $! 2>/dev/null; do sleep 0.2; done
echo "cancel $(sed -n 's/^ERROR:  //p' "$output")"

echo "error $(run <<<"$MISSING;")"
