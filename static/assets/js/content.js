// The body of a page: its HTML, and the values for the document around it.

import { SealError, fromBase64url, text } from './bytes.js';
import { pagePath } from './envelope.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {Record<string, import('./files.js').Attached>} Files */
/** @typedef {{ path: string, title: string, lang: string, dir: string, html: string, files?: Files }} Content */

/** The greatest length of an attachment, in bytes. */
export const maxFile = 2 ** 31;

const texts = ['path', 'title', 'lang', 'dir', 'html'];

/**
 * Reads an opened body. It ignores unknown members.
 * @param {Bytes} body
 * @param {{ portal: string, token: string }} page the place where it was found
 * @returns {Content}
 */
export function readContent(body, page) {
  const content = parse(body);
  const { path, title, lang, dir, html, files } = content;
  if (!isObject(content) || !texts.every((name) => isText(content[name]))) {
    throw new SealError('format', 'body of a page');
  }
  if (files !== undefined && !(isObject(files) && Object.values(files).every(isFile))) {
    throw new SealError('format', 'files of a page');
  }
  if (path !== pagePath(page)) throw new SealError('refused', 'this page belongs at another address');
  return { path, title, lang, dir, html, files };
}

/**
 * @param {Bytes} body
 * @returns {any}
 */
function parse(body) {
  const json = text(body, 'body of a page');
  try {
    return JSON.parse(json) ?? {};
  } catch {
    throw new SealError('format', 'body of a page: not JSON');
  }
}

/** @param {unknown} value */
function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Whether a value is text without single halves of surrogate pairs.
 * @param {unknown} value
 */
function isText(value) {
  return typeof value === 'string' && !/\p{Surrogate}/u.test(value);
}

/** @param {any} file */
function isFile(file) {
  return isObject(file) && isText(file.key) && fromBase64url(file.key).length === 32
    && isText(file.name) && Number.isInteger(file.size) && file.size >= 0 && file.size <= maxFile
    && (file.picture === undefined || isText(file.picture));
}
