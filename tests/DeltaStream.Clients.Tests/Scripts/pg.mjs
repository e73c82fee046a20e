// node-postgres. The address is in PGHOST and the other variables of libpq.
import pg from 'pg';
import { step } from './step.mjs';

const { NAME, CREATE, ENDLESS, MISSING } = process.env;
const client = new pg.Client();
await client.connect();

await step('connect', async () => (await client.query('SELECT 1 AS one')).rows[0].one);
await step('create', async () => (await client.query(CREATE)) && 'done');
await step('select', async () => {
  const text = 'SELECT name FROM deltastream.sys."stores" WHERE name = $1::text LIMIT $2::int';
  return (await client.query(text, [NAME, 1])).rows[0].name;
});
await step('count', async () => (await client.query('SELECT count(*)::int AS n FROM deltastream.sys."stores"')).rows[0].n);
await step('cancel', () => new Promise((resolve, reject) => {
  const query = new pg.Query(ENDLESS, (error, result) => {
    clearInterval(untilDone);
    error ? reject(error) : resolve(result.rows[0]);
  });
  const untilDone = setInterval(() => new pg.Client().cancel(client, query), 200);
  client.query(query);
}));
await step('error', async () => (await client.query(MISSING)).command);
await client.end();
