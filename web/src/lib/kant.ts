import { useHref } from 'react-router';

/** Below this path lies the judicial side: another part of the server, with its own data, questions and files. */
export const WI_PAD = '/wi';

/** Whether an address of this website lies on the judicial side. */
export const isGerechtelijk = (pad: string) => pad === WI_PAD || pad.startsWith(`${WI_PAD}/`);

/** Whether this page is on the judicial side. From one side to the other is always a new page, never a link within. */
export const useGerechtelijk = () => isGerechtelijk(useHref('/'));
