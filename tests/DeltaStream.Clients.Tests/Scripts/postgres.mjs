// postgres.js. The address is in PGHOST and the other variables of libpq.
import postgres from 'postgres';
import { step } from './step.mjs';

const { NAME, CREATE, ENDLESS, MISSING } = process.env;
const sql = postgres();

await step('connect', async () => (await sql`SELECT 1 AS one`)[0].one);
await step('create', async () => (await sql.unsafe(CREATE)) && 'done');
await step('select', async () => {
  const rows = await sql`SELECT name FROM deltastream.sys."stores" WHERE name = ${NAME} LIMIT ${1}`;
  return rows[0].name;
});
await step('count', async () => (await sql`SELECT count(*)::int AS n FROM deltastream.sys."stores"`)[0].n);
await step('cancel', async () => {
  const query = sql.unsafe(ENDLESS).execute();
  const untilDone = setInterval(() => query.cancel(), 200);
  try {
    return (await query)[0];
  } finally {
    clearInterval(untilDone);
  }
});
await step('error', async () => (await sql.unsafe(MISSING)).command);
await sql.end();
