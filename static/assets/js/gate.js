// The gate: has the page opened by what there is, asks for the passphrase where there is
// nothing, and closes it again on Lock. The steps are in modules of their own; here is when
// each is taken.

import { takeSecret } from './address.js';
import { clear, focusField, isBusy, speak, whenSent } from './form.js';
import { place } from './here.js';
import { forgetAll, forgetSince, sweep } from './keep.js';
import { endAll, tellTabs, untilLock, whenAnotherLocks } from './lock.js';
import { mayOpenMore, openByLink, openByPassphrase, openIfPossible, openLate, recallHere } from './opening.js';
import { serve } from './press.js';
import { comeBack, isState, leave, refreshIfOpen, refuse, showGate } from './stage.js';

function close() {
  endAll();
  clear();
  showGate('gate_locked');
}

/** Hides first: what is in the store may take its time to go. */
function lock() {
  close();
  focusField();
  tellTabs();
  return forgetAll();
}

whenSent(async (passphrase, days) => {
  const wanted = untilLock();
  const why = await openByPassphrase(passphrase, days, wanted);
  if (!wanted()) return;
  if (why === null) return document.getElementById('main')?.focus({ preventScroll: true });
  showGate(why);
  focusField();
});

serve(place, () => void lock());

// A page that leaves is hidden, so that one which comes back from the back-forward
// cache after a Lock shows nothing before it has been looked up that it may.
addEventListener('pagehide', leave);
addEventListener('pageshow', async (event) => {
  if (!event.persisted) return;
  endAll(); // a page in the cache does not hear of a Lock, so what it was about is void
  const wanted = untilLock();
  if (isState('locked') && isBusy()) showGate('');
  if (!isState('waiting')) return;
  const kept = await recallHere();
  if (!wanted()) return;
  if (kept) return comeBack();
  showGate('gate_locked');
  void openLate(wanted);
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) refreshIfOpen();
});

async function start() {
  speak();
  if (window.top !== window.self) return refuse('gate_framed');
  if (!isSecureContext || !globalThis.crypto?.subtle) return refuse('gate_https');
  if (!('DecompressionStream' in globalThis)) return refuse('gate_old_browser');
  whenAnotherLocks((at) => {
    close();
    void forgetSince(at);
  });
  // Someone pastes a link into a page that is there already. One that opens no more than is
  // open changes nothing.
  addEventListener('hashchange', async () => {
    const pasted = takeSecret();
    if (pasted === null) return;
    if (!isState('open')) await openIfPossible(pasted, untilLock());
    else if (mayOpenMore()) await openByLink(pasted, 'link', untilLock());
  });
  const wanted = untilLock();
  const secret = takeSecret();
  await sweep().catch(() => undefined); // without a store nothing is kept either
  await openIfPossible(secret, wanted);
  if (isState('locked')) void openLate(wanted);
}

await start().catch((error) => {
  console.error(error);
  showGate('');
});
