import assert from 'node:assert/strict';
import { createDecipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { hkdfKey } from '../../static/assets/js/kdf.js';
import { newId, replyText, sealReply } from '../../static/assets/js/reply.js';
import { sealOut } from '../../static/assets/js/road.js';

const root = Uint8Array.from({ length: 32 }, (_, i) => i);
const portal = 'abcdefghijklmnopqrstuvwxyz';
const holder = 'page-link';

/** The fields as docs/envelope.md has them, written a second time. */
function L(what, ...fields) {
  return Buffer.concat([`portalgen/v1/${what}`, ...fields].flatMap((f) => {
    const bytes = Buffer.from(f);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return [length, bytes];
  }));
}
const derived = (what) => Buffer.from(hkdfSync('sha256', root, '', L(what, portal, holder), 32));

/** Opens a sealed reply with node's own cryptography. */
function open(sealed) {
  const bytes = Buffer.from(sealed);
  const [hint, nonce] = [bytes.subarray(2, 18), bytes.subarray(18, 30)];
  assert.deepEqual([bytes[0], bytes[1]], [1, 4]);
  assert.deepEqual(hint, createHmac('sha256', derived('reply-hint-key')).update(L('reply-hint', nonce)).digest().subarray(0, 16));
  const aes = createDecipheriv('aes-256-gcm', derived('reply-key'), nonce);
  aes.setAAD(L('reply', [1], [4], portal, holder, hint)).setAuthTag(bytes.subarray(-16));
  const plain = Buffer.concat([aes.update(bytes.subarray(30, -16)), aes.final()]);
  const end = 4 + plain.readUInt32BE(0);
  assert(plain.subarray(end).every((b) => b === 0), 'what follows is zeros');
  return { plain, json: JSON.parse(plain.subarray(4, end).toString()) };
}

const seal = async (reply) => sealReply({ root: await hkdfKey(root.slice()), portal, holder }, JSON.stringify(reply));

test('a reply opens as it was sealed, whatever it says', async () => {
  for (const word of ['', 'Yes', 'Où ? – 🎉 نعم "\\\n', 'a'.repeat(5000)]) {
    const reply = { id: newId(), texts: { word } };
    assert.deepEqual(open(await seal(reply)).json, reply);
  }
});

test('a reply has one of seven lengths, and none longer', async () => {
  const around = JSON.stringify({ w: '' }).length + 4;
  for (const [n, length] of [[0, 512], [512 - around, 512], [513 - around, 1024], [1025 - around, 2048], [32_768 - around, 32_768]]) {
    const sealed = await seal({ w: 'a'.repeat(n) });
    assert.equal(sealed.length, 30 + length + 16, `${n}`);
    assert.equal(open(sealed).plain.length, length);
  }
  await assert.rejects(seal({ w: 'a'.repeat(32_769 - around) }), { name: 'SealError', code: 'format' });
});

test('a text that the provider could not read is not sealed', async () => {
  const by = { root: await hkdfKey(root.slice()), portal, holder };
  const out = (n) => sealOut(by, { id: newId(), at: '', sentence: '', texts: { word: 'a'.repeat(n) } }, '');
  assert.ok((await out(8000)).bytes);
  await assert.rejects(out(8001), { name: 'SealError', code: 'format' });
});

test('two replies of the same words have nothing in common', async () => {
  const [a, b] = [await seal({ w: 'yes' }), await seal({ w: 'yes' })];
  assert.notDeepEqual(a.slice(2, 30), b.slice(2, 30));
  assert.match(newId(), /^[\w-]{22}$/u);
  assert.notEqual(newId(), newId());
});

test('the text form can be told when it is cut', async () => {
  const sealed = await seal({ w: 'yes' });
  const text = await replyText(sealed);
  const [first, ...lines] = text.split('\n');
  const [last, nothing] = lines.splice(-2);
  assert.deepEqual([first, nothing], ['[portalgen reply 1]', '']);
  assert(lines.every((line, i) => (i < lines.length - 1 ? line.length === 64 : line.length <= 64)));
  assert.deepEqual(Buffer.from(lines.join(''), 'base64'), Buffer.from(sealed));
  const bits = [...createHash('sha256').update(sealed).digest().subarray(0, 4)].map((b) => b.toString(2).padStart(8, '0')).join('');
  const check = bits.slice(0, 30).match(/.{5}/gu).map((five) => 'abcdefghijklmnopqrstuvwxyz234567'[parseInt(five, 2)]).join('');
  assert.equal(last, `[portalgen end ${check}]`);
  assert.doesNotMatch(text, /[_*~=]/u);
});

test('what the program seals with a nonce is sealed here to the same bytes', async () => {
  const { replies } = JSON.parse(readFileSync(new URL('../../internal/seal/testdata/replies.json', import.meta.url), 'utf8'));
  const good = replies.filter((v) => v.nonce);
  assert(good.length >= 8);
  for (const v of good) {
    const by = { root: await hkdfKey(Uint8Array.from(Buffer.from(v.root, 'hex'))), portal: v.portal, holder: v.holder };
    const sealed = await sealReply(by, v.content, Uint8Array.from(Buffer.from(v.nonce, 'hex')));
    assert.equal(Buffer.from(sealed).toString('base64'), v.sealed, v.name);
    assert.equal(await replyText(sealed), v.text, v.name);
  }
});
