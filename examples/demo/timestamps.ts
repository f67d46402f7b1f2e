const DATE =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?)?\s*(?:Z|UTC|([+-])(\d{2}):?(\d{2}))?$/;

// Milliseconds have 13 digits today, microseconds 16, nanoseconds 19: each bound is 1973 in the finer unit.
const LEAST_MICROSECONDS = 1e14;
const LEAST_NANOSECONDS = 1e17;

/** The last moment that a Date can hold. */
const LAST_MOMENT = 8.64e15;

/**
 * A date as milliseconds since 1970 UTC, or NaN when it is not one: `2024-08-08`, `20240808`, `2024-08-08 23:54:15.5+01:00`.
 * A time without an offset is UTC.
 */
export function parseDate(text: string): number {
  const match = DATE.exec(text);
  if (!match) return NaN;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const midnight = Date.UTC(year!, month! - 1, day!);
  // Date.UTC lets 30 February run on into March, and month 0 back into December.
  const date = new Date(midnight);
  const isCalendarDay = date.getUTCDate() === day && date.getUTCMonth() + 1 === month;
  if (!isCalendarDay || hour! > 23 || minute! > 59 || second! > 59) return NaN;
  const offset = (match[8] === '-' ? -1 : 1) * (Number(match[9] ?? 0) * 60 + Number(match[10] ?? 0)) * 60_000;
  const clock = ((hour! * 60 + minute!) * 60 + second! + Number(match[7] ?? 0)) * 1000;
  return midnight + clock - offset;
}

/** A count of milliseconds, microseconds or nanoseconds since 1970 as milliseconds; NaN when it is none. */
export function epochMilliseconds(count: number): number {
  const time = count < LEAST_MICROSECONDS ? count : count < LEAST_NANOSECONDS ? count / 1e3 : count / 1e6;
  return time >= 0 && time <= LAST_MOMENT ? time : NaN;
}

/** A moment as a person writes it: the day, with the time of day where there is one. */
export function showTime(time: number): string {
  const iso = new Date(time).toISOString();
  if (iso.endsWith('T00:00:00.000Z')) return iso.slice(0, 10);
  return `${iso.slice(0, 10)} ${iso.slice(11, iso.endsWith('.000Z') ? 19 : 23)} UTC`;
}
