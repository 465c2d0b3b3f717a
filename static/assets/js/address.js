// Reads the address bar: which page this is, and the secret of a link.

/** The length of a link's secret, in letters. */
const secretLength = 43;

/**
 * A path without escapes. A browser returns a path with escapes; a base URL can have either form.
 * @param {string} path
 * @returns {string | null} null if an escape is not UTF-8
 */
function plain(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

/**
 * Whether a path is the path of this page.
 * @param {string} path
 */
export function isHere(path) {
  return isAt(path, location.pathname);
}

/**
 * Whether a path is the path of an address. The address may have escapes, lack the last slash, or
 * end in index.html.
 * @param {string} path
 * @param {string} address the path of a URL
 */
export function isAt(path, address) {
  const found = plain(address.replace(/\/index\.html$/u, '/').replace(/\/?$/u, '/'));
  return found !== null && found === plain(path);
}

/**
 * Whether a path is below another.
 * @param {string} path
 * @param {string} top
 */
export function isBelow(path, top) {
  const start = plain(top);
  return start !== null && (plain(path)?.startsWith(start) ?? false);
}

/**
 * Returns the secret of a link and removes it from the address, so that it is not shown or
 * shared. Letters that a mail program added to the address are cut off.
 * @returns {string | null} null if there is no link
 */
export function takeSecret() {
  const [found, secret = ''] = /^#k=([\w-]*)/u.exec(location.hash) ?? [];
  if (!found) return null;
  history.replaceState(history.state, '', location.pathname + location.search);
  return secret.slice(0, secretLength);
}
