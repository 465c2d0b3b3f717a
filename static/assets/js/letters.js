// Letters as a reader sees them: one with its accents is one.

/**
 * The first letters of a text. A browser that cannot tell letters apart takes
 * characters for them.
 * @param {string} text
 * @param {number} most
 */
export function cut(text, most) {
  const all = 'Segmenter' in Intl ? [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment) : [...text];
  return all.slice(0, most).join('');
}
