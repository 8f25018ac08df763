import type { LogType } from "@daybook/event";

/**
 * Whether this log opened with a default view the last time, in this browser. Only then do the first rows wait to hear what it is: for everybody else
 * asking costs nothing. Where nothing can be remembered, a default view shows a moment later.
 */
export function expectsDefault(organizationId: string, logType: LogType): boolean {
  try {
    return localStorage.getItem(nameOf(organizationId, logType)) !== null;
  } catch {
    return false;
  }
}

export function rememberDefault(organizationId: string, logType: LogType, hasOne: boolean): void {
  try {
    if (hasOne) localStorage.setItem(nameOf(organizationId, logType), "1");
    else localStorage.removeItem(nameOf(organizationId, logType));
  } catch {
    // Nothing else depends on it.
  }
}

const nameOf = (organizationId: string, logType: LogType) => `daybook.default-view.${organizationId}.${logType}`;
