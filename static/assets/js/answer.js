// The answers that a reader gives in the page: what they chose and wrote becomes a mail that is
// begun in their own program for mail, or a text to copy. Nothing is sent from here.

/** @typedef {(date: string) => string} InWords a day of year-month-day, as the page says days */

/** How many bytes a link that begins a mail may have: several programs take no more. */
const longestMail = 2000;

/**
 * The text of an answer.
 * @param {string} form with %answer where it goes
 * @param {string[]} said what was chosen, the date and the words; '' for none
 */
export function textOf(form, said) {
  return form.replace('%answer', () => said.filter(Boolean).join('\n\n'));
}

/**
 * The link that begins a mail; '' where it would be too long.
 * @param {string} to an address
 * @param {string} subject
 * @param {string} text
 */
export function mailTo(to, subject, text) {
  const body = encodeURIComponent(text.replace(/\r?\n/gu, '\r\n'));
  const link = `mailto:${encodeURIComponent(to).replace('%40', '@')}?subject=${encodeURIComponent(subject)}&body=${body}`;
  return link.length <= longestMail ? link : '';
}

/**
 * Has forms do what they say.
 * @param {HTMLElement[]} forms
 * @param {InWords} inWords
 */
export function offerAnswers(forms, inWords) {
  for (const form of forms) {
    if (!(form instanceof HTMLFormElement)) continue;
    const words = form.querySelector('[data-words] label')?.textContent ?? '';
    form.addEventListener('change', () => ask(form, words));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void send(form, inWords);
    });
    form.querySelector('[data-copy]')?.addEventListener('click', () => {
      if (form.reportValidity()) void copy(form, answerOf(form, inWords), 'copied');
    });
  }
}

/**
 * Asks for what goes with the answer that is chosen.
 * @param {HTMLFormElement} form
 * @param {string} welcome the label of the words where none are needed
 */
function ask(form, welcome) {
  const chosen = form.querySelector('[type=radio]:checked');
  if (!(chosen instanceof HTMLInputElement)) return;
  const date = form.querySelector('[data-date]');
  const day = date?.querySelector('input');
  if (date instanceof HTMLElement && day) {
    date.hidden = chosen.dataset.asks !== 'date';
    day.required = !date.hidden;
  }
  const label = form.querySelector('[data-words] label');
  const words = form.querySelector('textarea');
  if (label && words) {
    label.textContent = chosen.dataset.word || welcome;
    words.required = chosen.dataset.word !== undefined;
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {InWords} inWords
 */
function answerOf(form, inWords) {
  const chosen = form.querySelector('[type=radio]:checked');
  const date = form.querySelector('[data-date]:not([hidden]) input');
  const choice = chosen?.closest('label')?.textContent?.trim() ?? '';
  const day = date instanceof HTMLInputElement && date.value ? inWords(date.value) : '';
  return textOf(form.dataset.text ?? '', [day ? `${choice}: ${day}` : choice, form.querySelector('textarea')?.value.trim() ?? '']);
}

/**
 * @param {HTMLFormElement} form
 * @param {InWords} inWords
 */
async function send(form, inWords) {
  const { to = '', subject = '' } = form.dataset;
  const text = answerOf(form, inWords);
  const link = mailTo(to, subject, text);
  if (!link) await copy(form, text, 'long');
  else say(form, 'sent');
  begin(link || mailTo(to, subject, '') || mailTo(to, '', ''));
}

/**
 * Follows a link as if it had been pressed: the page stays.
 * @param {string} link
 */
function begin(link) {
  const way = document.createElement('a');
  way.href = link;
  way.click();
}

/**
 * @param {HTMLFormElement} form
 * @param {string} text
 * @param {'copied' | 'long'} done what is said once it is copied
 */
async function copy(form, text, done) {
  try {
    await navigator.clipboard.writeText(text);
    say(form, done);
  } catch {
    const status = say(form, 'notCopied');
    const shown = document.createElement('textarea');
    shown.readOnly = true;
    shown.value = text;
    shown.setAttribute('aria-label', form.querySelector('[data-copy]')?.textContent ?? '');
    status?.append(shown);
    shown.select();
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {'sent' | 'copied' | 'long' | 'notCopied'} what
 */
function say(form, what) {
  const status = form.querySelector('[data-sent]');
  if (status instanceof HTMLElement) status.textContent = status.dataset[what] ?? '';
  return status;
}
