#!/usr/bin/env bash
# psql as a user starts it. The address is in PGHOST and the other variables of libpq.
export PSQLRC=/dev/null
output=$(mktemp)
trap 'rm -f "$output"' EXIT

# Runs SQL from standard input, and prints what it gives, or its SQLSTATE.
run() { psql --quiet --tuples-only --no-align --set VERBOSITY=sqlstate "$@" 2>&1 | sed 's/^ERROR:  //'; }

echo "connect $(run <<<'SELECT 1;')"

echo "create $(run <<<"$CREATE;" | sed 's/.*was successfully created.*/done/')"

echo "select $(run --set name="$NAME" --set most=1 <<'SQL'
SELECT name FROM deltastream.sys."stores" WHERE name = :'name' LIMIT :most;
SQL
)"

echo "count $(run <<<'SELECT count(*) FROM deltastream.sys."stores";')"

# Ctrl-C, until psql has seen that its statement runs.
psql --quiet --tuples-only --set VERBOSITY=sqlstate --command '\echo started' --command "$ENDLESS" >"$output" 2>&1 &
until grep -q started "$output" || ! kill -0 $! 2>/dev/null; do sleep 0.1; done
while kill -INT $! 2>/dev/null; do sleep 0.2; done
echo "cancel $(sed -n 's/^ERROR:  //p' "$output")"

echo "error $(run <<<"$MISSING;")"
