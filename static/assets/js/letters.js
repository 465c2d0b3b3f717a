// Letters as a reader sees them: a letter with its accents counts as one.

/**
 * The first letters of a text. A browser that cannot find letters counts characters.
 * @param {string} text
 * @param {number} most
 */
export function cut(text, most) {
  const all = 'Segmenter' in Intl ? [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment) : [...text];
  return all.slice(0, most).join('');
}
