// Hands the link that opened this page out again, where the reader asks for it: the browser inside
// a mail program forgets what it has opened, and the address that it shows opens nothing.

import { all } from './dom.js';

/** The address with its secret, as long as this page is there; '' where no link opened it. */
let link = '';

/**
 * Keeps the link that has opened the page, and shows the button that hands it out.
 * @param {HTMLElement} place
 * @param {string} secret
 */
export function keepLink(place, secret) {
  link = `${location.origin}${location.pathname}#k=${secret}`;
  for (const offer of all(place, '[data-elsewhere]')) offer.hidden = false;
}

/** Forgets it: the gate shows. */
export function forgetLink() {
  link = '';
}

/**
 * Copies the link, or shows it where the browser copies nothing.
 * @param {Element | null} offer
 */
export async function handOut(offer) {
  const said = offer?.querySelector('[role="status"]');
  if (!(said instanceof HTMLElement) || link === '') return;
  try {
    await navigator.clipboard.writeText(link);
    said.textContent = said.dataset.copied ?? '';
  } catch {
    const shown = document.createElement('input');
    shown.readOnly = true;
    shown.value = link;
    shown.setAttribute('aria-label', offer?.querySelector('button')?.textContent ?? '');
    said.replaceChildren(shown);
    shown.select();
  }
}
