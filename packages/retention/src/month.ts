/** A month of UTC, `2026-11`: the size of a partition. Compares as text in the order of time. */
export type Month = `${number}-${number}`;

export const monthOf = (instant: Date): Month => instant.toISOString().slice(0, 7) as Month;

/** The first instant of the month. */
export const monthStart = (month: Month): Date => addMonthsToStart(month, 0);

/** The first instant after the month. */
export const monthEnd = (month: Month): Date => addMonthsToStart(month, 1);

export const addMonths = (month: Month, count: number): Month => monthOf(addMonthsToStart(month, count));

function addMonthsToStart(month: Month, count: number): Date {
  const [, year, number] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month) ?? [];
  if (year === undefined || number === undefined) throw new RangeError(`Not a month: ${month}`);
  // Years below 100 would be read as 19xx by Date.UTC.
  const start = new Date(0);
  start.setUTCFullYear(Number(year), Number(number) - 1 + count, 1);
  return start;
}
