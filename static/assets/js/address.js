// What the address bar says: which page this is, and the secret of a link.

/** Of the secret of a link, in letters. */
const secretLength = 43;

/**
 * A path without escapes: a browser tells it with them, a base URL is written with
 * or without.
 * @param {string} path
 */
function plain(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * Whether a path is that of this address.
 * @param {string} path
 */
export function isHere(path) {
  const here = location.pathname.replace(/index\.html$/u, '');
  return plain(here.replace(/\/?$/u, '/')) === plain(path);
}

/**
 * Whether a path lies below another.
 * @param {string} path
 * @param {string} top
 */
export function isBelow(path, top) {
  return plain(path).startsWith(plain(top));
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
