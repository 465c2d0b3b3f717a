// The attachments of a page: pictures that it shows, and files to save. They are fetched and opened
// on demand, and are never shown as a document of this origin.

import { attachmentKey, attachmentPath, openAttachment } from './attachment.js';
import { SealError } from './bytes.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */

/**
 * An attachment, as described in the body of a page.
 * @typedef {object} Attached
 * @property {string} key
 * @property {string} name
 * @property {number} size in bytes
 * @property {string} [picture] the media type of a picture that may be shown
 */

/**
 * The place of a portal: the path of the site on its host, and the portal's part of the address.
 */
/** @typedef {{ prefix: string, portal: string }} Where */

/** The media types of pictures that may be shown, whatever a page says. */
const pictures = ['image/gif', 'image/jpeg', 'image/png', 'image/webp'];

/** The least number of bytes for which progress is shown. */
const large = 1024 * 1024;

/**
 * For files of more bytes, browsers that can do so write the file to its final place while it is
 * opened. Other browsers hold it until it is complete, and some of them refuse half a gigabyte.
 */
const huge = 64 * 1024 * 1024;

/** The number of bytes to collect before the browser may put them on its disk. */
const batch = 4 * 1024 * 1024;

/** How long a file that is being saved stays available to the browser, in milliseconds. */
const patience = 60_000;

/** @type {Set<string>} */
const addresses = new Set();
let all = new AbortController();

/** Ends everything: running work, and opened files. */
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
 * Shows the pictures of a page, one at a time, and makes its buttons work.
 * @param {HTMLElement} place where the page stands
 * @param {Record<string, Attached>} files by their refs in the page
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
      await retryUncached(signal, async (cache) => {
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
  const picture = await retryUncached(signal, (cache) => whole(opened(file, where, cache, signal, told), file.picture));
  signal.throwIfAborted();
  const address = URL.createObjectURL(picture);
  addresses.add(address);
  image.src = address;
  await image.decode();
}

/**
 * Makes a button start work that takes time. While it runs, the button stops it.
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
 * Repeats work with the host's current file if the file from the browser's cache does not open or
 * is missing. The cache keeps an attachment for ever, even a damaged one.
 * @template T
 * @param {AbortSignal} signal
 * @param {(cache: RequestCache) => Promise<T>} act
 */
async function retryUncached(signal, act) {
  try {
    return await act('default');
  } catch (error) {
    if (signal.aborted || !(error instanceof SealError)) throw error;
    return act('reload');
  }
}

/**
 * Fetches an attachment and opens it, some megabytes at a time. It is complete only if the
 * generator ends without an error.
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
 * Joins the parts to one file in the browser's own storage.
 * @param {AsyncIterable<Blob>} blobs
 * @param {string} [type] the media type; the default has no use except to be saved
 */
async function whole(blobs, type = 'application/octet-stream') {
  const parts = [];
  for await (const blob of blobs) parts.push(blob);
  const file = new Blob(parts, { type });
  await file.slice(-1).arrayBuffer(); // a browser without enough space throws only here
  return file;
}

/**
 * Asks the reader where to save a file.
 * @param {string} name
 * @returns {Promise<FileSystemFileHandle | null>} null if the browser cannot ask
 */
async function chosen(name) {
  const ask = /** @type {any} */ (window).showSaveFilePicker;
  return typeof ask === 'function' ? ask({ suggestedName: name }) : null;
}

/**
 * Writes a file. An existing file stays until all of the new one is written.
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
