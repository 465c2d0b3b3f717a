// Small helpers for the document.

/**
 * The elements below another that match a selector, in order.
 * @param {ParentNode} below
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
export function all(below, selector) {
  return [...below.querySelectorAll(selector)].filter((found) => found instanceof HTMLElement);
}

/**
 * Makes an element with a class and content.
 * @param {string} tag
 * @param {string} look its class; '' for none
 * @param {...(Node | string)} inside
 */
export function make(tag, look, ...inside) {
  const made = document.createElement(tag);
  if (look) made.className = look;
  made.append(...inside);
  return made;
}
