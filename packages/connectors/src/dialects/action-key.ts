import { actionPattern } from "@daybook/event";

/** A vendor's action key in the letters that an action may have. */
export function actionKeyOf(text: string): string {
  if (actionPattern.test(text)) return text;
  const action = text
    .slice(0, 512)
    .replace(/[^a-zA-Z0-9_.:-]+/g, "_")
    .replace(/^[^a-zA-Z0-9]+/, "")
    .slice(0, 128);
  return actionPattern.test(action) ? action : "unnamed";
}
