// What the address bar says: which page this is, and the secret of a link.

/** Of the secret of a link, in letters. */
const secretLength = 43;

/**
 * A path without escapes: a browser tells it with them, a base URL is written with
 * or without.
 * @param {string} path
 * @returns {string | null} null where an escape is not UTF-8
 */
function plain(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

/**
 * Whether a path is that of this address.
 * @param {string} path
 */
export function isHere(path) {
  return isAt(path, location.pathname);
}

/**
 * Whether a path is that of an address: with or without escapes, the last slash left out,
 * or index.html added.
 * @param {string} path
 * @param {string} address the path of a URL
 */
export function isAt(path, address) {
  const found = plain(address.replace(/\/index\.html$/u, '/').replace(/\/?$/u, '/'));
  return found !== null && found === plain(path);
}

/**
 * Whether a path lies below another.
 * @param {string} path
 * @param {string} top
 */
export function isBelow(path, top) {
  const start = plain(top);
  return start !== null && (plain(path)?.startsWith(start) ?? false);
}

/**
 * The secret of a link, taken out of the address so that it is not shown or shared.
 * What a mail program took for the end of the address is no part of it.
 * @returns {string | null} null where there is no link
 */
export function takeSecret() {
  const [found, secret = ''] = /^#k=([\w-]*)/u.exec(location.hash) ?? [];
  if (!found) return null;
  history.replaceState(history.state, '', location.pathname + location.search);
  return secret.slice(0, secretLength);
}
