/** "1 taak", "2 taken". */
export const meervoud = (n: number, een: string, veel: string) => `${n} ${n === 1 ? een : veel}`;
