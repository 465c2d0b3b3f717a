// An inbox for sealed replies, as docs/inbox.md of portalgen has it: a page leaves a reply, the
// provider's program takes it out. It can read none of them. Netlify runs it, and keeps the
// replies in its Blobs. The variable PORTALGEN_INBOX of the site is what `portalgen key inbox`
// prints.
import { getStore } from '@netlify/blobs';
import { createHash, timingSafeEqual } from 'node:crypto';

export const config = {
  path: ['/inbox', '/inbox/:name'],
  rateLimit: { windowLimit: 60, windowSize: 60, aggregateBy: ['ip', 'domain'] },
};

const LONGEST = 32814;
const MOST = 5000; // replies
const AT_ONCE = 100; // an answer of Netlify's can have some 6 MB
const NAME = /^[a-z2-7]{52}$/;

const sha256 = (bytes) => createHash('sha256').update(bytes).digest();

// Base32 as RFC 4648 has it, in lower case and without padding.
function base32(bytes) {
  let bits = 0, value = 0, text = '';
  for (const byte of bytes) {
    value = (value << 8 | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += 'abcdefghijklmnopqrstuvwxyz234567'[value >> (bits - 5) & 31];
  }
  return bits ? text + 'abcdefghijklmnopqrstuvwxyz234567'[value << (5 - bits) & 31] : text;
}

// The hashes of the two tokens; null where the variable is not set as it must be.
function hashes() {
  const [version, fetch, post] = (process.env.PORTALGEN_INBOX ?? '').trim().split('.');
  const all = { fetch: Buffer.from(fetch ?? '', 'base64url'), post: Buffer.from(post ?? '', 'base64url') };
  return version === '1' && all.fetch.length === 32 && all.post.length === 32 ? all : null;
}

function has(request, hash) {
  const header = request.headers.get('authorization') ?? '';
  return header.startsWith('Bearer ') && timingSafeEqual(sha256(header.slice(7)), hash);
}

const answer = (status, body = null, headers = {}) => new Response(body, {
  status, headers: { 'access-control-allow-origin': '*', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers },
});

// Whether bytes have the form of a sealed reply: version 1, kind 4, and one of seven lengths.
const isReply = (bytes) => bytes[0] === 1 && bytes[1] === 4 &&
  [0, 1, 2, 3, 4, 5, 6].some((k) => bytes.length === 46 + 512 * 2 ** k);

async function post(request, store) {
  if (Number(request.headers.get('content-length') ?? 0) > LONGEST) return answer(413);
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length > LONGEST) return answer(413);
  if (!isReply(bytes)) return answer(400);
  const name = base32(sha256(bytes));
  const { blobs } = await store.list();
  if (blobs.some(({ key }) => key === name)) return answer(201);
  if (blobs.length >= MOST) return answer(507);
  await store.set(name, bytes.buffer, { metadata: { at: new Date().toISOString().replace(/\.\d+/, '') } });
  return answer(201);
}

async function get(request, store) {
  const after = new URL(request.url).searchParams.get('after') ?? '';
  const { blobs } = await store.list();
  const names = blobs.map(({ key }) => key).filter((name) => NAME.test(name) && name > after).sort();
  const replies = await Promise.all(names.slice(0, AT_ONCE).map(async (name) => {
    const found = await store.getWithMetadata(name, { type: 'arrayBuffer' });
    return found && { name, at: found.metadata.at, bytes: Buffer.from(found.data).toString('base64') };
  }));
  const body = JSON.stringify({ replies: replies.filter(Boolean), more: names.length > AT_ONCE });
  return answer(200, body, { 'content-type': 'application/json' });
}

export default async function inbox(request) {
  if (request.method === 'OPTIONS') {
    return answer(204, null, {
      'access-control-allow-methods': 'GET, POST, DELETE', 'access-control-allow-headers': 'authorization, content-type',
      'access-control-max-age': '86400',
    });
  }
  if (!['GET', 'POST', 'DELETE'].includes(request.method)) return answer(405);
  const known = hashes();
  if (!known || !has(request, request.method === 'POST' ? known.post : known.fetch)) return answer(401);
  const store = getStore({ name: 'portalgen-inbox', consistency: 'strong' });
  if (request.method === 'POST') return post(request, store);
  if (request.method === 'GET') return get(request, store);
  const name = new URL(request.url).pathname.split('/').pop();
  if (!NAME.test(name)) return answer(404);
  await store.delete(name);
  return answer(204);
}
