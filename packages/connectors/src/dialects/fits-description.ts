/** Whether a description holds a text as it came; otherwise the fitting of events makes one line of a thousand characters of it. */
export const fitsDescription = (text: string): boolean => text.length <= 1_000 && !/[\p{Cc}\u2028\u2029]/u.test(text) && text === text.trim();
