/** A clock that stands still until it is told otherwise. `now` can be handed on by itself. */
export interface FixedClock {
  now: () => Date;
  advance: (milliseconds: number) => void;
  set: (at: string | Date) => void;
}

export function fixedClock(at: string | Date): FixedClock {
  let current = instant(at);
  return {
    now: () => new Date(current),
    advance: (milliseconds) => {
      current += milliseconds;
    },
    set: (next) => {
      current = instant(next);
    },
  };
}

function instant(at: string | Date): number {
  const milliseconds = new Date(at).getTime();
  if (Number.isNaN(milliseconds)) throw new Error(`"${String(at)}" is not a time`);
  return milliseconds;
}
