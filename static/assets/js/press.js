// The controls of every page: Lock, Print, the menu, a search. Also prepares printing.

import { isHere } from './address.js';
import { handOut } from './elsewhere.js';
import { find, next } from './find.js';

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
    else if (target.closest('[data-reasons]')) target.closest('[data-reasons]')?.toggleAttribute('data-pressed', true);
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
  place.addEventListener('keydown', ({ key, target }) => {
    if (key === 'Enter' && target instanceof HTMLInputElement && target.matches('[data-find]')) next(target);
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
 * Opens all folds for printing, and closes them afterwards; says at the foot of each sheet whose it is, and of when.
 * @param {HTMLElement} place
 */
function unfoldOnPaper(place) {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  const foot = new CSSStyleSheet();
  addEventListener('beforeprint', () => {
    foot.replaceSync(`@page { @bottom-left { content: ${JSON.stringify(whose(place))}; } }`);
    if (!document.adoptedStyleSheets.includes(foot)) document.adoptedStyleSheets.push(foot);
    opened = [...place.querySelectorAll('details')].filter((fold) => !fold.open && !fold.hasAttribute('name'));
    for (const fold of opened) fold.open = true;
  });
  addEventListener('afterprint', () => {
    for (const fold of opened) fold.open = false;
    opened = [];
  });
}

/**
 * Whose the page is and of when, on one line.
 * @param {HTMLElement} place
 */
function whose(place) {
  const head = place.querySelector('[data-as-of]')?.parentElement;
  return [...head?.childNodes ?? []].map((part) => part.textContent?.trim()).filter(Boolean).join(' · ');
}
