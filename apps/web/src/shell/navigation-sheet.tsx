import { Dialog } from "../ui/dialog.tsx";
import { Navigation } from "./navigation.tsx";

/** The sidebar of a narrow window. */
export const NavigationSheet = ({ onClose }: { onClose: () => void }) => (
  <Dialog title="Go to" onClose={onClose}>
    <Navigation onGo={onClose} />
  </Dialog>
);
