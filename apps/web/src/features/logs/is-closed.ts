import { readApiError } from "../../ui/api-error.ts";

const statuses = [402, 403];

/** Whether the server shows this reader nothing of the log, as against an answer that failed. */
export const isClosed = (error: unknown): boolean => statuses.includes(readApiError(error).httpStatus);
