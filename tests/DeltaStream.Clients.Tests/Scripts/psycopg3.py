"""psycopg 3. The address is in PGHOST and the other variables of libpq."""

import os
import threading

import psycopg


def step(name, run):
    try:
        print(name, run(), flush=True)
    except psycopg.Error as error:
        print(name, error.sqlstate or error, flush=True)


def create():
    connection.execute(os.environ["CREATE"])
    return "done"


def select():
    text = 'SELECT name FROM deltastream.sys."stores" WHERE name = %s::text LIMIT %s'
    return connection.execute(text, [os.environ["NAME"], 1]).fetchone()[0]


def cancel():
    done = threading.Event()

    def until_done():
        while not done.wait(0.2):
            connection.cancel()

    threading.Thread(target=until_done).start()
    try:
        return connection.execute(os.environ["ENDLESS"]).fetchone()
    finally:
        done.set()


connection = psycopg.connect(autocommit=True)
step("connect", lambda: connection.execute("SELECT 1").fetchone()[0])
step("create", create)
step("select", select)
step("count", lambda: connection.execute(os.environ["COUNT"]).fetchone()[0])
step("cancel", cancel)
step("error", lambda: connection.execute(os.environ["MISSING"]))
connection.close()
