// What can be pressed on every page: Lock, Print, the menu, a search. And what paper needs.

import { isHere } from './address.js';
import { handOut } from './elsewhere.js';
import { find } from './find.js';

/**
 * Has the buttons of the page that stands in a place work, whichever page that is.
 * @param {HTMLElement} place
 * @param {() => void} lock
 */
export function serve(place, lock) {
  place.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return;
    if (target.closest('[data-lock]')) lock();
    else if (target.closest('[data-print]')) print();
    else if (target.closest('[data-elsewhere] button')) void handOut(target.closest('[data-elsewhere]'));
    else closeMenu(target.closest('a[href]'));
  });
  place.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    if (target.matches('[data-find]')) find(target);
    if (!target.closest('[data-filters]')) return;
    // What was chosen shows at once, in whichever fold it is; with all of it, the folds are closed again.
    const some = !target.closest('[data-all]');
    for (const fold of place.querySelectorAll('[data-filtered]')) fold.toggleAttribute('open', some);
  });
  unfoldOnPaper(place);
}

/**
 * A menu does not stay in front of the page that it has led to, where that was there already.
 * @param {Element | null} link
 */
function closeMenu(link) {
  const menu = link?.closest('[popover]');
  const to = (link?.getAttribute('href') ?? '').replace(/#.*/u, '');
  if (menu instanceof HTMLElement && (to === '' || isHere(to)) && menu.matches(':popover-open')) menu.hidePopover();
}

/**
 * Folds stand open on paper, and afterwards as they were.
 * @param {HTMLElement} place
 */
function unfoldOnPaper(place) {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = [...place.querySelectorAll('details')].filter((fold) => !fold.open && !fold.hasAttribute('name'));
    for (const fold of opened) fold.open = true;
  });
  addEventListener('afterprint', () => {
    for (const fold of opened) fold.open = false;
    opened = [];
  });
}
