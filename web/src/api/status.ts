import { createStore } from '../lib/store';

/** The server said NIET_AANGEMELD: nobody is signed in (any more). */
export const nietAangemeld = createStore(false);

/** The last request did not reach the server, or the browser knows it is offline. */
export const offline = createStore(false);

window.addEventListener('offline', () => offline.set(true));
window.addEventListener('online', () => offline.set(false));
