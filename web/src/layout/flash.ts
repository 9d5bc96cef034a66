import { createStore } from '../lib/store';

/** The message of success that the next page shows once. `pad` is the page it belongs to. */
export const flash = createStore<{ tekst: string; pad: string } | null>(null);
