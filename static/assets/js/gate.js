// The gate: opens the page with what is available, else asks for the passphrase, and closes the
// page on Lock. Other modules do the steps; this one decides when.

import { takeSecret } from './address.js';
import { clear, focusField, isBusy, speak, whenSent } from './form.js';
import { place } from './here.js';
import { forgetAll, forgetSince, sweep } from './keep.js';
import { endAll, tellTabs, untilLock, whenAnotherLocks } from './lock.js';
import { mayOpenMore, openByLink, openByPassphrase, openIfPossible, openLate, recallHere } from './opening.js';
import { serve } from './press.js';
import { comeBack, isState, leave, refreshIfOpen, refreshOnNewDay, refuse, showGate } from './stage.js';

function close() {
  endAll();
  clear();
  showGate('gate_locked');
}

/** Hides the page first, since emptying the store may take time. */
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

// A page that is left is hidden. If it comes back from the back-forward cache after a Lock, it
// shows nothing until it is known that it may.
addEventListener('pagehide', leave);
addEventListener('pageshow', async (event) => {
  if (!event.persisted) return;
  endAll(); // a page in the cache does not hear of a Lock, so end all earlier work
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
setInterval(refreshOnNewDay, 60_000);

async function start() {
  speak();
  if (window.top !== window.self) return refuse('gate_framed');
  if (!isSecureContext || !globalThis.crypto?.subtle) return refuse('gate_https');
  if (!('DecompressionStream' in globalThis)) return refuse('gate_old_browser');
  whenAnotherLocks((at) => {
    close();
    void forgetSince(at);
  });
  // A reader may paste a link into an open page. If the link opens no more than is already open,
  // nothing changes.
  addEventListener('hashchange', async () => {
    const pasted = takeSecret();
    if (pasted === null) return;
    if (!isState('open')) await openIfPossible(pasted, untilLock());
    else if (mayOpenMore()) await openByLink(pasted, 'link', untilLock());
  });
  const wanted = untilLock();
  const secret = takeSecret();
  await sweep().catch(() => undefined); // without a store nothing is kept
  await openIfPossible(secret, wanted);
  if (isState('locked')) void openLate(wanted);
}

await start().catch((error) => {
  console.error(error);
  showGate('');
});
