// The controls of every page: Lock, Print, the menu, a search. Also prepares printing.

import { isHere } from './address.js';
import { handOut } from './elsewhere.js';
import { find } from './find.js';

/**
 * Makes the buttons of the page in a place work, whichever page it is.
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
    // Open the folds, so that the selected items are visible. For "all", close them again.
    const some = !target.closest('[data-all]');
    for (const fold of place.querySelectorAll('[data-filtered]')) fold.toggleAttribute('open', some);
  });
  unfoldOnPaper(place);
}

/**
 * Closes the menu if its link leads to the page that is already open.
 * @param {Element | null} link
 */
function closeMenu(link) {
  const menu = link?.closest('[popover]');
  const to = (link?.getAttribute('href') ?? '').replace(/#.*/u, '');
  if (menu instanceof HTMLElement && (to === '' || isHere(to)) && menu.matches(':popover-open')) menu.hidePopover();
}

/**
 * Opens all folds for printing, and closes them afterwards.
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
