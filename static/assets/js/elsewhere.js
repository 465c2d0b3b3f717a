// Shows the link that opened this page again when the reader asks for it. The browser inside a mail
// program forgets the pages it opened, and the address that it shows has no secret.

import { all } from './dom.js';

/** The address with its secret while this page is open; '' if no link opened it. */
let link = '';

/**
 * Keeps the link that opened the page, and shows the button that copies it.
 * @param {HTMLElement} place
 * @param {string} secret
 */
export function keepLink(place, secret) {
  link = `${location.origin}${location.pathname}#k=${secret}`;
  for (const offer of all(place, '[data-elsewhere]')) offer.hidden = false;
}

/** Forgets the link, since the gate is shown. */
export function forgetLink() {
  link = '';
}

/**
 * Copies the link, or shows it if the browser cannot copy.
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
