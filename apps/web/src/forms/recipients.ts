export const parseRecipients = (text: string): string[] => [...new Set(text.split(/[\s,;]+/).filter(Boolean))];

/** A typing aid only; the server decides. */
export const wrongRecipients = (recipients: readonly string[]): string[] =>
  recipients.filter((each) => !/^[^@\s]+@[^@\s]+\.[^@\s]+$|^[^@\s]+@localhost$/.test(each));
