import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync, mkdtempSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

const { replies, tokens: [tokens] } = JSON.parse(readFileSync(new URL('../../internal/seal/testdata/replies.json', import.meta.url)));
const sealed = replies.filter((r) => !r.error).map((r) => Buffer.from(r.sealed, 'base64'));

// The function beside a stand-in for Netlify's store, which keeps what it is given in memory.
async function load() {
  const dir = mkdtempSync(join(tmpdir(), 'inbox-'));
  const blobs = join(dir, 'node_modules', '@netlify', 'blobs');
  mkdirSync(blobs, { recursive: true });
  writeFileSync(join(blobs, 'package.json'), '{"name":"@netlify/blobs","type":"module","main":"index.js"}');
  writeFileSync(join(blobs, 'index.js'), `
    const kept = new Map();
    export const getStore = () => ({
      list: async () => ({ blobs: [...kept.keys()].map((key) => ({ key })) }),
      set: async (key, data, { metadata }) => { kept.set(key, { data, metadata }); },
      getWithMetadata: async (key) => kept.get(key) ?? null,
      delete: async (key) => { kept.delete(key); },
    });`);
  const source = readFileSync(new URL('../../internal/site/starter/netlify/functions/inbox.mjs', import.meta.url));
  writeFileSync(join(dir, 'inbox.mjs'), source);
  return (await import(pathToFileURL(join(dir, 'inbox.mjs')))).default;
}

const hash = (token) => createHash('sha256').update(token).digest('base64url');
const request = (method, token, body, path = '') => new Request(`https://x.example/inbox${path}`, {
  method, body, headers: token ? { authorization: `Bearer ${token}` } : {},
});

test('the function of Netlify speaks the protocol of an inbox', async () => {
  const inbox = await load();
  const status = async (...args) => (await inbox(request(...args))).status;
  assert.equal(await status('POST', tokens.post, sealed[0]), 401, 'without the variable nobody gets in');
  process.env.PORTALGEN_INBOX = `1.${hash(tokens.fetch)}.${hash(tokens.post)}`;
  assert.equal(await status('POST', '', sealed[0]), 401);
  assert.equal(await status('POST', tokens.fetch, sealed[0]), 401, 'a token opens its own door alone');
  assert.equal(await status('GET', tokens.post), 401);
  assert.equal(await status('POST', tokens.post, sealed[0].subarray(1)), 400);
  assert.equal(await status('POST', tokens.post, Buffer.alloc(40000)), 413);
  assert.equal(await status('PUT', tokens.post, sealed[0]), 405);
  const preflight = await inbox(request('OPTIONS'));
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers.get('access-control-allow-headers'), 'authorization, content-type');

  for (const bytes of [...sealed, sealed[0]]) assert.equal(await status('POST', tokens.post, bytes), 201);
  const all = await (await inbox(request('GET', tokens.fetch))).json();
  assert.equal(all.replies.length, sealed.length, 'the same bytes are kept once');
  assert.equal(all.more, false);
  assert.deepEqual(all.replies.map((r) => r.bytes).sort(), sealed.map((b) => b.toString('base64')).sort());
  const names = all.replies.map((r) => r.name);
  assert.deepEqual(names, [...names].sort());
  assert.match(all.replies[0].at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  const rest = await (await inbox(request('GET', tokens.fetch, undefined, `?after=${names[1]}`))).json();
  assert.deepEqual(rest.replies.map((r) => r.name), names.slice(2));

  assert.equal(await status('DELETE', tokens.post, undefined, `/${names[0]}`), 401);
  assert.equal(await status('DELETE', tokens.fetch, undefined, `/${names[0]}`), 204);
  assert.equal(await status('DELETE', tokens.fetch, undefined, `/${names[0]}`), 204, 'also where there is none');
  assert.equal(await status('DELETE', tokens.fetch, undefined, '/else'), 404);
  const left = await (await inbox(request('GET', tokens.fetch))).json();
  assert.deepEqual(left.replies.map((r) => r.name), names.slice(1));
});
