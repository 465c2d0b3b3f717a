// Lock, in this tab and in the others: what was begun before it opens nothing after it.

/** How many times Lock was pressed, here or in another tab. */
let generation = 0;
const tabs = channel();

/** What joins the tabs; null in a browser that has no such thing, where Lock is for one tab. */
function channel() {
  try {
    return new BroadcastChannel('portalgen');
  } catch {
    return null;
  }
}

/** @returns {() => boolean} whether Lock has not been pressed since this call */
export function untilLock() {
  const mine = generation;
  return () => mine === generation;
}

/** Ends what is under way, as far as it asks. */
export function endAll() {
  generation++;
}

/** Tells the other tabs that Lock was pressed just now. */
export function tellTabs() {
  tabs?.postMessage(Date.now());
}

/** @param {(at: number) => void} act told when Lock was pressed in another tab */
export function whenAnotherLocks(act) {
  tabs?.addEventListener('message', (event) => act(event.data));
}
