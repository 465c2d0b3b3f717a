// Small helps with the document.

/**
 * The elements below one that a selector finds, in their order.
 * @param {ParentNode} below
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
export function all(below, selector) {
  return [...below.querySelectorAll(selector)].filter((found) => found instanceof HTMLElement);
}

/**
 * An element with its class and what is in it.
 * @param {string} tag
 * @param {string} look its class, '' for none
 * @param {...(Node | string)} inside
 */
export function make(tag, look, ...inside) {
  const made = document.createElement(tag);
  if (look) made.className = look;
  made.append(...inside);
  return made;
}
