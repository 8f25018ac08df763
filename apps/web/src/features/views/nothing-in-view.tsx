import { EmptyPanel } from "../../ui/state-panel.tsx";

/** Leaving out what is not understood would show more than the view was made for. */
export const NothingInView = () => (
  <EmptyPanel title="This view shows no event">
    A part of its search is not understood any more, and nothing matches it. Take it out of the search above.
  </EmptyPanel>
);
