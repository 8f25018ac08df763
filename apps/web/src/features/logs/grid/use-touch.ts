import { useSyncExternalStore } from "react";

const noHover = "(hover: none)";

/** Whether the pointer cannot hover, so that what appears under it must be there already. */
export const useTouch = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      const query = matchMedia(noHover);
      query.addEventListener("change", listener);
      return () => query.removeEventListener("change", listener);
    },
    () => matchMedia(noHover).matches,
    () => false,
  );
