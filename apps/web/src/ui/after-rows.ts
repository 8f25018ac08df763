import { lazy, type ComponentType, type LazyExoticComponent } from "react";

/** Where rows are slow to come, what stands around them waits no longer than this. */
const waitMsMax = 2_500;

let show: () => void = () => undefined;
const shown = new Promise<void>((settle) => {
  show = settle;
});

/** The first rows of this visit are there, or it is known that none will be. What waits goes on when they are painted. */
export const rowsShown = (): void => void requestAnimationFrame(() => setTimeout(show));

export const afterRows = (): Promise<void> => Promise.race([shown, new Promise<void>((settle) => setTimeout(settle, waitMsMax))]);

/** A part that stands beside the rows. Its code is fetched behind them, so that it takes nothing of the way to the first row; its data need not wait. */
export const lazyAfterRows = <Props>(load: () => Promise<{ default: ComponentType<Props> }>): LazyExoticComponent<ComponentType<Props>> =>
  lazy(() => afterRows().then(load));
