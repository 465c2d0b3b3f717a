// What a page hands over: pictures it shows, and files to save. They are fetched and
// opened when they are wanted, and never become a document of this origin.

import { attachmentKey, attachmentPath, openAttachment } from './attachment.js';
import { SealError } from './bytes.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

/**
 * An attachment as a page's body tells of it.
 * @typedef {object} Attached
 * @property {string} key
 * @property {string} name
 * @property {number} size in bytes
 * @property {string} [picture] the media type of a picture that may be shown
 */

/** Where a portal is: the path of the site on its host, and the portal's own part. */
/** @typedef {{ prefix: string, portal: string }} Where */

/** The media types of pictures that are shown, whatever a page says. */
const pictures = ['image/gif', 'image/jpeg', 'image/png', 'image/webp'];

/** From how many bytes on a reader is told how far it has come. */
const large = 1024 * 1024;

/**
 * From how many bytes on a file is written where the reader wants it as it is opened, in
 * browsers that let a page do so. The others hold it until it is whole, and some of them
 * refuse half a gigabyte.
 */
const huge = 64 * 1024 * 1024;

/** How many bytes are gathered before the browser may put them on its disk. */
const batch = 4 * 1024 * 1024;

/** For how long a file that is being saved stays there for the browser, in milliseconds. */
const patience = 60_000;

/** @type {Set<string>} */
const addresses = new Set();
let all = new AbortController();

/** Ends all: what is under way, and what was opened. */
export function endFiles() {
  all.abort();
  all = new AbortController();
  addresses.forEach(drop);
}

/** @param {string} address */
function drop(address) {
  URL.revokeObjectURL(address);
  addresses.delete(address);
}

/**
 * Shows the pictures of a page, one after the other, and has its buttons work.
 * @param {HTMLElement} place where the page stands
 * @param {Record<string, Attached>} files by what the page calls them
 * @param {Where} where
 */
export async function offerFiles(place, files, where) {
  const until = all.signal;
  const waiting = [];
  for (const node of place.querySelectorAll('[data-file]')) {
    const file = node instanceof HTMLElement && files[node.dataset.file ?? ''];
    if (!file) continue;
    if (node instanceof HTMLImageElement) {
      waiting.push({ node, file });
      continue;
    }
    button(node, '[data-save]', async (told, signal) => {
      const to = file.size > huge && await chosen(file.name);
      await twice(signal, async (cache) => {
        const blobs = opened(file, where, cache, signal, told);
        if (to) return write(to, blobs);
        const blob = await whole(blobs);
        signal.throwIfAborted();
        save(blob, file.name);
      });
    });
    button(node, '[data-show]', async (told, signal) => {
      const image = new Image();
      image.className = 'picture';
      image.alt = file.name;
      await show(image, file, where, signal, told);
      const pressed = node.querySelector('[data-show]');
      if (pressed === document.activeElement) focus(node.querySelector('[data-save]'));
      pressed?.replaceWith(image);
    });
  }
  for (const { node, file } of waiting) {
    if (until.aborted) return;
    await show(node, file, where, until, () => undefined).catch((error) => {
      if (!until.aborted) console.error(error);
    });
  }
}

/** @param {Element | null} element */
function focus(element) {
  if (element instanceof HTMLElement) element.focus();
}

/**
 * @param {HTMLImageElement} image
 * @param {Attached} file
 * @param {Where} where
 * @param {AbortSignal} signal
 * @param {(bytes: number) => void} told
 */
async function show(image, file, where, signal, told) {
  if (!file.picture || !pictures.includes(file.picture)) throw new Error('not a picture that may be shown');
  const picture = await twice(signal, (cache) => whole(opened(file, where, cache, signal, told), file.picture));
  signal.throwIfAborted();
  const address = URL.createObjectURL(picture);
  addresses.add(address);
  image.src = address;
  await image.decode();
}

/**
 * Has a button do something that takes its time. While it does, it stops it.
 * @param {HTMLElement} node
 * @param {string} which
 * @param {(told: (bytes: number) => void, signal: AbortSignal) => Promise<void>} act
 */
function button(node, which, act) {
  const found = node.querySelector(which);
  const status = node.querySelector('[role=status]');
  const until = all.signal;
  if (!(found instanceof HTMLButtonElement) || !status) return;
  const size = Number(node.dataset.size);
  const label = found.textContent;
  /** @type {AbortController | null} */
  let running = null;
  found.disabled = false;
  found.addEventListener('click', async () => {
    if (running) return running.abort();
    if (until.aborted) return;
    const mine = new AbortController();
    running = mine;
    const stop = () => mine.abort();
    until.addEventListener('abort', stop);
    const bar = size > large ? progress(node.dataset.opening ?? '') : null;
    status.textContent = bar ? '' : node.dataset.opening ?? '';
    if (bar) status.append(bar);
    found.textContent = node.dataset.stop ?? label;
    let said = '';
    try {
      await act((bytes) => bar && (bar.value = Math.min(1, bytes / size)), mine.signal);
    } catch (error) {
      if (!mine.signal.aborted && !(error instanceof DOMException && error.name === 'AbortError')) {
        console.error(error);
        said = node.dataset.failed ?? '';
      }
    }
    until.removeEventListener('abort', stop);
    running = null;
    found.textContent = label;
    status.textContent = said;
  });
}

/** @param {string} label */
function progress(label) {
  const bar = document.createElement('progress');
  bar.max = 1;
  bar.setAttribute('aria-label', label);
  return bar;
}

/**
 * Does something again with what the host has now, where what the browser had does not
 * open, or is that there is none: an attachment is kept for good, however it came.
 * @template T
 * @param {AbortSignal} signal
 * @param {(cache: RequestCache) => Promise<T>} act
 */
async function twice(signal, act) {
  try {
    return await act('default');
  } catch (error) {
    if (signal.aborted || !(error instanceof SealError)) throw error;
    return act('reload');
  }
}

/**
 * Fetches an attachment and opens it, some megabytes at a time. Until the last of it has
 * come without an error, it may be a part.
 * @param {Attached} file
 * @param {Where} where
 * @param {RequestCache} cache
 * @param {AbortSignal} signal
 * @param {(bytes: number) => void} told how many bytes have been opened
 * @returns {AsyncGenerator<Blob>}
 */
async function* opened(file, { prefix, portal }, cache, signal, told) {
  const key = await attachmentKey(file.key);
  const answer = await fetch(prefix + await attachmentPath(key, portal), { cache, signal });
  if (!answer.ok || !answer.body) throw new SealError('format', `the host answers ${answer.status}`);
  /** @type {Bytes[]} */
  let parts = [];
  let gathered = 0;
  let bytes = 0;
  for await (const part of openAttachment(key, portal, answer.body)) {
    bytes += part.length;
    if (bytes > file.size) break;
    parts.push(part);
    gathered += part.length;
    if (gathered >= batch) {
      yield new Blob(parts);
      parts = [];
      gathered = 0;
    }
    told(bytes);
  }
  if (bytes !== file.size) throw new SealError('format', 'not as long as its page says');
  signal.throwIfAborted();
  yield new Blob(parts);
}

/**
 * The whole of it, in the browser's own store, from which it can be had.
 * @param {AsyncIterable<Blob>} blobs
 * @param {string} [type] for whom it is; without one nobody takes it for anything but bytes
 */
async function whole(blobs, type = 'application/octet-stream') {
  const parts = [];
  for await (const blob of blobs) parts.push(blob);
  const file = new Blob(parts, { type });
  await file.slice(-1).arrayBuffer(); // a browser that has no room says so only now
  return file;
}

/**
 * Asks the reader where a file is to go.
 * @param {string} name
 * @returns {Promise<FileSystemFileHandle | null>} null in a browser that has no such thing
 */
async function chosen(name) {
  const ask = /** @type {any} */ (window).showSaveFilePicker;
  return typeof ask === 'function' ? ask({ suggestedName: name }) : null;
}

/**
 * Writes a file. What was there before stays until all of it is written.
 * @param {FileSystemFileHandle} to
 * @param {AsyncIterable<Blob>} blobs
 */
async function write(to, blobs) {
  const out = await to.createWritable();
  try {
    for await (const blob of blobs) await out.write(blob);
  } catch (error) {
    await out.abort();
    throw error;
  }
  await out.close();
}

/**
 * @param {Blob} blob
 * @param {string} name
 */
function save(blob, name) {
  const address = URL.createObjectURL(blob);
  addresses.add(address);
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  setTimeout(() => drop(address), patience);
}
